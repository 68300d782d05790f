import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getLineInfo, type Node, parse } from 'acorn';
import { readEnv, type RawEnv, type RuntimeEnv } from '../../../src/env/runtime-env';
import type { Finding } from './finding';

/**
 * iOS 12 (.browserslistrc) parses ES2019: optional catch binding since 11.3, but no optional chaining (13.4)
 * and no class fields (14.1). Babel does not compile vendor code, so its syntax level is checked too.
 */
export const ES_LEVEL = 2019;

/** The content of `ci/privacy.json`: the declarations in WeChat's console, by the name of the API. */
export type DeclaredPrivacy = Readonly<Record<string, string>>;

export interface AppJson {
  pages?: string[];
  subPackages?: { root: string; pages: string[] }[];
  subpackages?: { root: string; pages: string[] }[];
  tabBar?: { list?: { pagePath: string; iconPath?: string; selectedIconPath?: string }[] };
  themeLocation?: string;
  requiredPrivateInfos?: string[];
  permission?: Record<string, { desc?: string }>;
  requiredBackgroundModes?: string[];
}

/** A node of a syntax tree and the node around it. */
export interface Branch {
  node: Node;
  parent: Node | undefined;
}

/** A text in the package outside of comments. */
export interface TextPiece {
  file: string;
  /** Offset in the file. */
  start: number;
  text: string;
}

const NOT_SHIPPED = /\.map$|\.LICENSE\.txt$|^project\.(private\.)?config\.json$/;

/** A built package on disk, read once. Files that cannot be parsed are reported by their own check. */
export class BuiltPackage {
  readonly files: readonly string[];
  private readonly texts = new Map<string, string>();
  private readonly trees = new Map<string, readonly Branch[] | undefined>();
  private readPieces: TextPiece[] | undefined;

  constructor(
    readonly directory: string,
    readonly rawEnv: RawEnv,
    /** The source of `rawEnv`, for messages. */
    readonly envFile: string,
    readonly declaredPrivacy: DeclaredPrivacy,
  ) {
    this.files = filesIn(directory)
      .filter((file) => !NOT_SHIPPED.test(file))
      .sort();
  }

  /** The checked configuration; undefined when it is wrong, which the check `environment` reports. */
  get env(): RuntimeEnv | undefined {
    try {
      return readEnv(this.rawEnv);
    } catch {
      return undefined;
    }
  }

  get app(): AppJson {
    return (this.json('app.json') as AppJson | undefined) ?? {};
  }

  /** Every page of app.json, sub-packages included, without extension. */
  get pages(): string[] {
    const { pages = [], subPackages, subpackages } = this.app;
    const inPackages = (subPackages ?? subpackages ?? []).flatMap((each) =>
      each.pages.map((page) => path.posix.join(each.root, page)),
    );
    return [...pages, ...inPackages];
  }

  has(file: string): boolean {
    return this.files.includes(file.replace(/^\//, ''));
  }

  withExtension(...extensions: string[]): string[] {
    return this.files.filter((file) => extensions.includes(path.posix.extname(file)));
  }

  text(file: string): string {
    let text = this.texts.get(file);
    if (text === undefined) {
      text = readFileSync(path.join(this.directory, file), 'utf8');
      this.texts.set(file, text);
    }
    return text;
  }

  /** A parsed JSON file; undefined when it is missing or broken. */
  json(file: string): unknown {
    try {
      return JSON.parse(this.text(file)) as unknown;
    } catch {
      return undefined;
    }
  }

  /** Every node of a script with its parent; undefined when the file does not parse. */
  nodes(file: string): readonly Branch[] | undefined {
    if (!this.trees.has(file)) this.trees.set(file, treeOf(this.text(file)));
    return this.trees.get(file);
  }

  /** The position of a node or a piece: line and column, both from 1. Slow on minified files; for findings only. */
  placeOf(file: string, { start }: { start: number }): Pick<Finding, 'file' | 'line' | 'column'> {
    const { line, column } = getLineInfo(this.text(file), start);
    return { file, line, column: column + 1 };
  }

  /** String literals of scripts, and the lines of markup, styles and JSON, without comments. */
  pieces(): readonly TextPiece[] {
    this.readPieces ??= [...this.piecesOfFiles()];
    return this.readPieces;
  }

  private *piecesOfFiles(): Generator<TextPiece> {
    for (const file of this.withExtension('.js')) {
      for (const { node } of this.nodes(file) ?? []) {
        const text = stringOf(node);
        // A piece without a letter is neither an address nor a name; most pieces of a template have no letter.
        if (text !== undefined && /[a-z]/i.test(text)) yield { file, start: node.start, text };
      }
    }
    for (const file of this.withExtension('.wxml', '.wxss', '.wxs', '.json')) {
      let start = 0;
      for (const text of withoutComments(file, this.text(file)).split('\n')) {
        yield { file, start, text };
        start += text.length + 1;
      }
    }
  }
}

/** @throws SyntaxError with `pos` and `loc` */
export function parseScript(text: string): Node {
  return parse(text, { ecmaVersion: ES_LEVEL, sourceType: 'script' });
}

/** The text of a string literal or of a piece of a template. */
export function stringOf(node: Node): string | undefined {
  if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string')
    return node.value;
  if (node.type === 'TemplateElement' && 'value' in node)
    return (node.value as { cooked?: string | null }).cooked ?? undefined;
  return undefined;
}

function treeOf(text: string): readonly Branch[] | undefined {
  try {
    return branchesOf(parseScript(text));
  } catch {
    return undefined;
  }
}

/** Walks the tree without recursion, because minified code is deep. */
function branchesOf(root: Node): Branch[] {
  const branches: Branch[] = [{ node: root, parent: undefined }];
  for (let index = 0; index < branches.length; index++) {
    const parent = branches[index]?.node;
    for (const value of Object.values(parent ?? {}) as unknown[]) {
      if (Array.isArray(value)) {
        for (const child of value as unknown[])
          if (isNode(child)) branches.push({ node: child, parent });
      } else if (isNode(value)) branches.push({ node: value, parent });
    }
  }
  return branches;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Comments become spaces, so that line numbers stay. */
function withoutComments(file: string, text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  if (file.endsWith('.wxml')) return text.replace(/<!--[\s\S]*?-->/g, blank);
  if (file.endsWith('.wxss') || file.endsWith('.wxs'))
    return text.replace(/\/\*[\s\S]*?\*\//g, blank);
  return text;
}

function filesIn(directory: string, prefix = ''): string[] {
  return readdirSync(path.join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
    const file = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesIn(directory, file) : [file];
  });
}
