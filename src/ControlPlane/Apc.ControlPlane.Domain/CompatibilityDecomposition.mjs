// Writes CompatibilityDecomposition.txt from the Unicode data of Node.js:
//   node CompatibilityDecomposition.mjs > CompatibilityDecomposition.txt
// "= first text text …": what a run of code points becomes, each text as code points in hexadecimal, joined by +. Hangul is left to its algorithm.
// "^ range range …": combining marks, one line for each class, lowest class first; their order is all that is needed of the classes' numbers.
const text = String.fromCodePoint;
const decompose = s => s.normalize('NFKD');
const hex = c => c.toString(16);

const codePoints = [];
for (let c = 0; c < 0x110000; c++) {
  if ((c < 0xd800 || c > 0xdfff) && (c < 0xac00 || c > 0xd7a3)) codePoints.push(c);
}

/** Lists of consecutive numbers. */
function runs(numbers) {
  const found = [];
  for (const n of numbers) {
    const last = found.at(-1);
    if (last && last.at(-1) === n - 1) last.push(n);
    else found.push([n]);
  }
  return found;
}

const lines = [`# Unicode ${process.versions.unicode}, by CompatibilityDecomposition.mjs`];

for (const run of runs(codePoints.filter(c => decompose(text(c)) !== text(c)))) {
  for (let i = 0; i < run.length; i += 16) {
    const texts = run.slice(i, i + 16).map(c => [...decompose(text(c))].map(d => hex(d.codePointAt(0))).join('+'));
    lines.push(`= ${hex(run[i])} ${texts.join(' ')}`);
  }
}

// Two marks behind a letter keep their places if they are of one class, and come in the order of their classes otherwise.
const isOneClass = (a, b) => a === b || decompose('a' + text(a, b)) !== decompose('a' + text(b, a));
const isMark = c => decompose(text(c)) === text(c) && [0x301, 0x334].some(other => !isOneClass(c, other));
const classes = [];
for (const mark of codePoints.filter(isMark)) {
  const known = classes.find(marks => isOneClass(marks[0], mark));
  if (known) known.push(mark);
  else classes.push([mark]);
}

classes.sort(([a], [b]) => decompose('a' + text(a, b)) === 'a' + text(a, b) ? -1 : 1);
for (const marks of classes) {
  lines.push(`^ ${runs(marks).map(run => run.length === 1 ? hex(run[0]) : `${hex(run[0])}-${hex(run.at(-1))}`).join(' ')}`);
}

console.log(lines.join('\n'));
