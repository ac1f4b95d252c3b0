// Makes documents over a schema. They are meant to be valid; the reference says whether they are.
import {
  DirectiveLocation, getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isLeafType, isListType,
  isNonNullType, isRequiredArgument, isRequiredInputField, Kind, parseType,
} from 'graphql';

const name = (value) => ({ kind: Kind.NAME, value });
const named = (value) => ({ kind: Kind.NAMED_TYPE, name: name(value) });

/** Makes one document after another from the same source of chance. */
export class Generator {
  #schema;
  #random;
  #composites;
  #fragments;
  #variables;
  #aliases;

  constructor(schema, random) {
    this.#schema = schema;
    this.#random = random;
    this.#composites = Object.values(schema.getTypeMap()).filter((type) => isCompositeType(type) && !type.name.startsWith('__'));
  }

  /** The syntax tree of a new document. */
  document() {
    this.#fragments = [];
    this.#variables = new Map();
    this.#aliases = 0;

    const count = this.#random.chance(0.85) ? 1 : 2 + this.#random.below(2);
    const operations = Array.from({ length: count }, (_, index) => this.#operation(count > 1 ? `Operation${index}` : undefined));
    const fragments = this.#fragments.map((fragment) => fragment.node);
    return { kind: Kind.DOCUMENT, definitions: this.#random.chance(0.5) ? [...operations, ...fragments] : [...fragments, ...operations] };
  }

  /** Values for the variables that an operation of the last document declares. */
  variablesOf(operation) {
    return Object.fromEntries(operation.variableDefinitions
      .filter((definition) => !definition.defaultValue || this.#random.chance(0.5))
      .map((definition) => [definition.variable.name.value, this.json(this.#variables.get(definition.variable.name.value).type)])
      .filter(([, value]) => value !== undefined));
  }

  /** A JSON value that is right for a type. */
  json(type, depth = 0) {
    if (isNonNullType(type)) {
      return this.json(type.ofType, depth) ?? this.json(type, depth + 1);
    }

    if (this.#random.chance(0.1)) {
      return null;
    }

    if (isListType(type)) {
      return this.#random.chance(0.2)
        ? this.json(type.ofType, depth + 1)
        : Array.from({ length: this.#random.below(3) }, () => this.json(type.ofType, depth + 1));
    }

    if (isInputObjectType(type)) {
      const fields = this.#fieldsOf(type, depth);
      return Object.fromEntries(fields.map((field) => [field.name, type.isOneOf ? this.#given(field.type, depth) : this.json(field.type, depth + 1)]));
    }

    if (isEnumType(type)) {
      return this.#random.pick(type.getValues()).name;
    }

    switch (type.name) {
      case 'Int':
        return this.#random.pick([0, 1, -1, 42, 2147483647, -2147483648]);
      case 'Float':
        return this.#random.pick([0, 1, -2.5, 1e21, 0.1]);
      case 'Boolean':
        return this.#random.chance(0.5);
      case 'ID':
        return this.#random.pick(['a', '5', 7]);
      case 'String':
      case 'Uuid':
      case 'Id':
        return this.#random.pick(['', 'text', 'é 😀 "quoted"\n']);
      case 'DateTime':
        return '2026-01-02T03:04:05Z';
      default:
        return this.#random.pick([1, 'text', true, [1, [null]], { a: { b: 2 } }]);
    }
  }

  #given(type, depth) {
    return this.json(type, depth + 1) ?? this.#given(type, depth);
  }

  // The fields of an input object that a value gives.
  #fieldsOf(type, depth) {
    const fields = Object.values(type.getFields());

    if (type.isOneOf) {
      return [this.#random.pick(fields)];
    }

    return fields.filter((field) => isRequiredInputField(field) || (depth < 3 && this.#random.chance(0.4)));
  }

  #operation(operationName) {
    const roots = [
      ['query', this.#schema.getQueryType()], ['mutation', this.#schema.getMutationType()], ['subscription', this.#schema.getSubscriptionType()],
    ].filter(([, type]) => type);
    const [operation, root] = this.#random.chance(0.75) ? roots[0] : this.#random.pick(roots);
    const scope = { used: new Set() };
    const location = DirectiveLocation[operation.toUpperCase()];
    const selectionSet = operation === 'subscription'
      ? { kind: Kind.SELECTION_SET, selections: [this.#field(root, 0, scope, false)] }
      : this.#selectionSet(root, 0, scope);
    const directives = this.#directives(location, scope);
    return {
      kind: Kind.OPERATION_DEFINITION,
      operation,
      name: operationName || this.#random.chance(0.3) ? name(operationName ?? 'Only') : undefined,
      variableDefinitions: [...scope.used].map((variable) => this.#variables.get(variable).node),
      directives,
      selectionSet,
    };
  }

  #selectionSet(type, depth, scope) {
    const count = 1 + this.#random.below(depth === 0 ? 3 : 4);
    return { kind: Kind.SELECTION_SET, selections: Array.from({ length: count }, () => this.#selection(type, depth, scope)) };
  }

  #selection(type, depth, scope) {
    const chance = this.#random.next();

    if (depth < 5 && chance < 0.12) {
      const condition = this.#random.chance(0.8) ? this.#overlapping(type) : undefined;
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: condition && named(condition.name),
        directives: this.#directives(DirectiveLocation.INLINE_FRAGMENT, scope),
        selectionSet: this.#selectionSet(condition ?? type, depth + 1, scope),
      };
    }

    if (depth < 5 && chance < 0.22) {
      return this.#spread(type, depth, scope);
    }

    return this.#field(type, depth, scope, true);
  }

  #spread(type, depth, scope) {
    const possible = this.#fragments.filter((fragment) => fragment.isDone && this.#overlap(fragment.type, type));
    let fragment = possible.length > 0 && this.#random.chance(0.5) ? this.#random.pick(possible) : undefined;

    if (!fragment) {
      const condition = this.#overlapping(type);
      fragment = { type: condition, used: new Set(), name: `Part${this.#fragments.length}` };
      this.#fragments.push(fragment);
      fragment.node = {
        kind: Kind.FRAGMENT_DEFINITION,
        name: name(fragment.name),
        typeCondition: named(condition.name),
        directives: this.#directives(DirectiveLocation.FRAGMENT_DEFINITION, fragment),
        selectionSet: this.#selectionSet(condition, depth + 1, fragment),
      };
      fragment.isDone = true;
    }

    fragment.used.forEach((variable) => scope.used.add(variable));
    return { kind: Kind.FRAGMENT_SPREAD, name: name(fragment.name), directives: this.#directives(DirectiveLocation.FRAGMENT_SPREAD, scope) };
  }

  #field(type, depth, scope, mayBeSkipped) {
    const fields = type.getFields ? Object.values(type.getFields()) : [];
    const shallow = depth > 3 ? fields.filter((field) => isLeafType(getNamedType(field.type))) : fields;
    const candidates = shallow.length > 0 ? shallow : fields;

    if (candidates.length === 0 || this.#random.chance(mayBeSkipped ? 0.05 : 0)) {
      return { kind: Kind.FIELD, name: name('__typename'), arguments: [], directives: [] };
    }

    const field = this.#random.pick(candidates);
    const fieldType = getNamedType(field.type);
    const args = field.args.filter((arg) => isRequiredArgument(arg) || this.#random.chance(0.35));
    return {
      kind: Kind.FIELD,
      // Two uses of a field with arguments would be in each other's way.
      alias: field.args.length > 0 || this.#random.chance(0.1) ? name(`alias${this.#aliases++}`) : undefined,
      name: name(field.name),
      arguments: args.map((arg) => this.#argument(arg, scope)),
      directives: mayBeSkipped ? this.#directives(DirectiveLocation.FIELD, scope) : [],
      selectionSet: isCompositeType(fieldType) ? this.#selectionSet(fieldType, depth + 1, scope) : undefined,
    };
  }

  #argument(arg, scope) {
    return { kind: Kind.ARGUMENT, name: name(arg.name), value: this.#value(arg.type, 0, scope, arg.defaultValue !== undefined) };
  }

  #directives(location, scope) {
    if (!this.#random.chance(0.1)) {
      return [];
    }

    const directive = this.#random.pick(this.#schema.getDirectives().filter((known) => known.locations.includes(location)).concat(null));
    return directive
      ? [{
          kind: Kind.DIRECTIVE,
          name: name(directive.name),
          arguments: directive.args.filter((arg) => isRequiredArgument(arg) || this.#random.chance(0.5)).map((arg) => this.#argument(arg, scope)),
        }]
      : [];
  }

  #overlapping(type) {
    return this.#random.pick(this.#composites.filter((other) => this.#overlap(type, other)));
  }

  #overlap(one, other) {
    const possible = (type) => (isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type]);
    return possible(one).some((type) => possible(other).includes(type));
  }

  // A literal or a variable; without a scope only a literal, as for the default of a variable.
  #value(type, depth, scope, hasDefault) {
    if (scope && this.#random.chance(0.25)) {
      return this.#variable(type, scope, hasDefault);
    }

    if (isNonNullType(type)) {
      return this.#literal(type.ofType, depth, scope);
    }

    return this.#random.chance(0.08) ? { kind: Kind.NULL } : this.#literal(type, depth, scope);
  }

  #literal(type, depth, scope) {
    if (isListType(type)) {
      return this.#random.chance(0.2) && !isListType(getNullableType(type.ofType))
        ? this.#literal(getNullableType(type.ofType), depth + 1, scope)
        : { kind: Kind.LIST, values: Array.from({ length: this.#random.below(3) }, () => this.#value(type.ofType, depth + 1, scope)) };
    }

    if (isInputObjectType(type)) {
      return {
        kind: Kind.OBJECT,
        fields: this.#fieldsOf(type, depth).map((field) => ({
          kind: Kind.OBJECT_FIELD,
          name: name(field.name),
          value: type.isOneOf
            ? this.#literal(getNullableType(field.type), depth + 1, undefined)
            : this.#value(field.type, depth + 1, scope, field.defaultValue !== undefined),
        })),
      };
    }

    if (isEnumType(type)) {
      return { kind: Kind.ENUM, value: this.#random.pick(type.getValues()).name };
    }

    switch (type.name) {
      case 'Int':
        return { kind: Kind.INT, value: this.#random.pick(['0', '7', '-12', '2147483647']) };
      case 'Float':
        return this.#random.chance(0.5) ? { kind: Kind.INT, value: '3' } : { kind: Kind.FLOAT, value: this.#random.pick(['0.5', '-1e-3', '6.02E23']) };
      case 'Boolean':
        return { kind: Kind.BOOLEAN, value: this.#random.chance(0.5) };
      case 'ID':
        return this.#random.chance(0.3) ? { kind: Kind.INT, value: '5' } : { kind: Kind.STRING, value: 'id' };
      case 'DateTime':
        return { kind: Kind.STRING, value: '2026-01-02T03:04:05Z' };
      case 'String':
      case 'Uuid':
      case 'Id':
        return { kind: Kind.STRING, value: this.#random.pick(['', 'text', 'two\nlines', 'é"😀']), block: this.#random.chance(0.2) };
      default:
        return this.#random.pick([
          { kind: Kind.INT, value: '1' },
          { kind: Kind.STRING, value: 'any' },
          { kind: Kind.LIST, values: [{ kind: Kind.BOOLEAN, value: true }, { kind: Kind.NULL }] },
          { kind: Kind.OBJECT, fields: [{ kind: Kind.OBJECT_FIELD, name: name('a'), value: { kind: Kind.FLOAT, value: '1.5' } }] },
        ]);
    }
  }

  #variable(type, scope, hasDefault) {
    const known = [...this.#variables.values()].filter((variable) => String(variable.type) === String(type));
    const variable = known.length > 0 && this.#random.chance(0.6) ? this.#random.pick(known) : this.#declare(type, hasDefault);
    scope.used.add(variable.name);
    return { kind: Kind.VARIABLE, name: name(variable.name) };
  }

  #declare(type, hasDefault) {
    const variableName = `v${this.#variables.size}`;
    const isOptional = isNonNullType(type) && this.#random.chance(0.3);
    const written = isOptional ? type.ofType : type;
    const defaultValue = isOptional || (!isNonNullType(type) && this.#random.chance(0.3))
      ? this.#literal(getNullableType(type), 1, undefined)
      : undefined;
    const node = {
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: name(variableName) },
      type: parseType(String(written)),
      defaultValue: isOptional && hasDefault && this.#random.chance(0.5) ? undefined : defaultValue,
      directives: [],
    };
    const variable = { name: variableName, type, node };
    this.#variables.set(variableName, variable);
    return variable;
  }
}
