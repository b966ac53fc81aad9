import * as path from 'path';
import * as ts from 'typescript';

/** Where the types of an SDK say what a request may hold. */
export interface SdkTypes {
  readonly file: string;
  /** The types of a request's body, or of parts of it. */
  readonly requests: string[];
  /** The union of its tools. */
  readonly tool?: string;
}

/** What a request may hold: names of fields, types of tools, and paths of further tools, and of what names a model but is no tool. */
export interface Features { readonly fields: string[]; readonly tools: string[]; readonly places: string[]; readonly models: string[] }

/** Reads the types of an SDK in a folder `node_modules`. */
export function featuresOf(modules: string, { file, requests, tool }: SdkTypes): Features {
  const program = ts.createProgram([path.join(modules, file)], {
    types: [], lib: ['lib.es2022.d.ts'], strict: true, skipLibCheck: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  const checker = program.getTypeChecker();
  const [root] = program.getRootFileNames();
  const types = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(root)!)!);
  const typeOf = (wanted: string) => checker.getDeclaredTypeOfSymbol(types.find(symbol => symbol.name === wanted)!);
  const propertiesOf = (type: ts.Type) => checker.getPropertiesOfType(type);
  const membersOf = (type: ts.Type): ts.Type[] => type.isUnion() ? type.types.flatMap(membersOf) : [type];
  const kindsOf = (type: ts.Type) => {
    const kind = checker.getPropertyOfType(type, 'type');
    const literals = kind ? membersOf(checker.getTypeOfSymbol(kind)).flatMap(each => each.isStringLiteral() ? each.value : []) : [];
    return kind ? literals : propertiesOf(type).map(({ name }) => name);
  };
  const tools = tool === undefined ? [] : membersOf(typeOf(tool));
  /** What a type consists of, and how a path goes on there; not what is below the tools of a request, whose types are looked at as a whole. */
  const parts = new Map<ts.Type, [string, ts.Type][]>();
  function partsOf(type: ts.Type): [string, ts.Type][] {
    if (type.isUnion()) return type.types.map(each => ['', each]);
    if (!isObject(type)) return [];
    if (checker.isArrayType(type) || checker.isTupleType(type)) return checker.getTypeArguments(type as ts.TypeReference).map(each => ['[]', each]);
    return propertiesOf(type).map(property => [`.${property.name}`, checker.getTypeOfSymbol(property)]);
  }

  /** The paths to types of a kind, over each type once. */
  function pathsTo(isWanted: (type: ts.Type) => boolean): Set<string> {
    const users = new Map<ts.Type, ts.Type[]>();
    for (const [type, below] of parts) for (const [, part] of below) users.set(part, [...users.get(part) ?? [], type]);
    const leading = new Set<ts.Type>([...parts.keys()].filter(isWanted));
    for (const type of leading) for (const user of users.get(type) ?? []) leading.add(user);
    const found = new Set<string>();
    const follow = (type: ts.Type, at: string, passed: readonly ts.Type[]) => {
      if (isWanted(type)) found.add(at.slice(1));
      for (const [step, part] of parts.get(type) ?? []) {
        if (leading.has(part) && !passed.includes(part) && !/^\.(config\.)?tools$/.test(at + step)) follow(part, at + step, [...passed, part]);
      }
    };
    for (const request of requests) follow(typeOf(request), '', []);
    return found;
  }

  /** Whether a type has properties of the SDK's own. */
  function isObject(type: ts.Type): boolean {
    if (checker.getPropertiesOfType(type).length === 0 || type.getCallSignatures().length > 0) return false;
    return checker.isArrayType(type) || checker.isTupleType(type)
      || !type.symbol?.declarations?.some(declaration => program.isSourceFileDefaultLibrary(declaration.getSourceFile()));
  }

  const waiting = requests.map(typeOf);
  for (let type = waiting.pop(); type; type = waiting.pop()) {
    if (parts.has(type)) continue;
    parts.set(type, partsOf(type));
    waiting.push(...parts.get(type)!.map(([, part]) => part));
  }
  const namesModel = (type: ts.Type) => isObject(type) && !requests.map(typeOf).includes(type) && propertiesOf(type).some(({ name }) => /model/i.test(name));
  const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
  const places = sorted(pathsTo(type => tools.includes(type)));
  return {
    fields: sorted(requests.flatMap(request => propertiesOf(typeOf(request)).map(({ name }) => name))),
    tools: sorted(tools.flatMap(kindsOf)),
    places,
    models: sorted(pathsTo(namesModel)).filter(model => !places.some(place => model.startsWith(place))),
  };
}
