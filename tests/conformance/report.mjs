// Counts what was compared, and says what differs.
import { explainedAudits, explainedDifferences } from './explained.mjs';

/** Collects the figures of a run. */
export class Report {
  #rows = [];
  #checks = [];
  #differences = [];
  #seen = new Set();

  /**
   * Compares what both sides say; cases have a name, the text that they are about, `expected` and `actual`, and `isBroken` where the reference failed
   * itself, so that there is nothing to be equal to. What counts as accepted is for `isAccepted` to say.
   */
  compare(part, cases, isAccepted = (said) => said.length === 0) {
    const different = cases.filter(({ expected, actual }) => JSON.stringify(expected) !== JSON.stringify(actual));
    const unexplained = different.filter((difference) => !this.#explain(part, difference)).length;
    const verdicts = cases.filter(({ expected, actual }) => isAccepted(expected) !== isAccepted(actual)).length;
    const broken = cases.filter(({ isBroken }) => isBroken).length;
    const compared = cases.length - broken;
    this.#rows.push({
      part,
      compared,
      refused: cases.filter(({ expected }) => !isAccepted(expected)).length,
      'verdicts differ': verdicts,
      equal: compared - different.filter(({ isBroken }) => !isBroken).length,
      explained: different.length - unexplained,
      unexplained,
      'reference failed': broken,
    });
    this.check(`${part}: accept and reject agree`, verdicts === 0);
    this.check(`${part}: every difference is explained`, unexplained === 0);
  }

  /** Sums up the rows whose parts begin with this; so many of a hundred have to be equal. */
  total(start, wanted) {
    const rows = this.#rows.filter(({ part }) => part.startsWith(start));
    const [compared, equal] = ['compared', 'equal'].map((column) => rows.reduce((sum, row) => sum + row[column], 0));
    const percent = (equal * 100) / compared;
    console.log(`${start}, all: ${compared} compared, ${equal} with equal messages and places: ${(Math.floor(percent * 100) / 100).toFixed(2)} %`);
    this.check(`${start}, all: at least ${wanted} % are equal`, percent >= wanted);
  }

  /** The audits of graphql-http: an error is a failed MUST, a warning a failed SHOULD. */
  audits(results) {
    const failed = (status) => results.filter((result) => result.status === status);
    const isExplained = ({ id }) => explainedAudits.some((explained) => explained.id === id);
    const unexplained = failed('warn').filter((result) => !isExplained(result));
    const vanished = explainedAudits.filter(({ id }) => !failed('warn').some((result) => result.id === id));

    for (const { id, name, reason } of [...failed('error'), ...failed('notice'), ...unexplained]) {
      console.log(`Audit ${id} failed: ${name}: ${reason}`);
    }

    for (const { id } of vanished) {
      console.log(`Audit ${id} is explained in explained.mjs, but does not fail.`);
    }

    console.log(`graphql-http audits: ${results.length}, passed: ${failed('ok').length}, failed MUST: ${failed('error').length}, failed SHOULD: ${failed('warn').length}, `
      + `explained: ${failed('warn').length - unexplained.length}`);
    this.check('audits: no MUST fails', failed('error').length === 0);
    this.check('audits: every SHOULD that fails is explained, and every one explained fails', unexplained.length === 0 && vanished.length === 0);
  }

  check(name, passed) {
    this.#checks.push({ name, passed });
  }

  /** Prints the table and the differences; true where every check passed. */
  print() {
    for (const { id } of explainedDifferences.filter((explained) => !this.#seen.has(explained.id))) {
      console.log(`The difference '${id}' is explained in explained.mjs, but does not show.`);
    }

    this.check('every explained difference shows', explainedDifferences.every(({ id }) => this.#seen.has(id)));
    console.table(Object.fromEntries(this.#rows.map(({ part, ...figures }) => [part, figures])));

    for (const { part, name, text, expected, actual, explanation } of this.#differences) {
      console.log(`${explanation ? `explained by ${explanation}` : 'UNEXPLAINED'}: ${part}, ${name}`);

      if (!explanation) {
        console.log(`  ${text.replace(/[^\P{C}\n]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`)}\n  reference: ${JSON.stringify(expected)}\n  ours:      ${JSON.stringify(actual)}`);
      }
    }

    for (const { name } of this.#checks.filter(({ passed }) => !passed)) {
      console.log(`FAILED ${name}`);
    }

    const failed = this.#checks.filter(({ passed }) => !passed).length;
    console.log(`conformance: ${this.#checks.length - failed} passed, ${failed} failed`);
    return failed === 0;
  }

  #explain(part, difference) {
    const explained = explainedDifferences.find(({ matches }) => matches(difference));
    this.#differences.push({ part, ...difference, explanation: explained?.id });

    if (explained) {
      this.#seen.add(explained.id);
    }

    return explained;
  }
}
