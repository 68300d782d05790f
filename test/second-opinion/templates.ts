import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { contentHash, markupFiles } from '../host/wxml';

interface TemplateWord {
  message: string;
  startLine: number;
  startColumn: number;
}

interface TemplateGroup {
  addTmpl(path: string, markup: string): TemplateWord[];
  addScript(path: string, script: string): void;
  getDirectDependencies(path: string): string[];
  getScriptDependencies(path: string): string[];
  getTmplGenObjectGroups(): string;
  free(): void;
}

/** The markup of a package, compiled by glass-easel's compiler. */
export interface CompiledTemplates {
  /** An expression: an object with a generator for each path without extension. */
  code: string;
  /** What the compiler has to say, each with file and position; a package in order has no word. */
  words: string[];
  files: number;
}

/** Compiles every .wxml and .wxs at `root` with glass-easel-template-compiler. */
export function compileTemplates(root: string): CompiledTemplates {
  // The compiler is WebAssembly of some 2 MB, so it is loaded only when there is something to compile.
  const { TmplGroup } = createRequire(__filename)('glass-easel-template-compiler') as {
    TmplGroup: new () => TemplateGroup;
  };
  const group = new TmplGroup();
  const words: string[] = [];
  const files = markupFiles(root).filter((file) => !file.endsWith('.json'));
  const paths = new Set(files);
  for (const file of files) {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const name = file.replace(/\.wx(ml|s)$/, '');
    if (file.endsWith('.wxs')) group.addScript(name, text);
    else
      for (const { message, startLine, startColumn } of group.addTmpl(name, text))
        words.push(`${file}:${startLine + 1}:${startColumn + 1} ${message}`);
  }
  for (const file of files.filter((each) => each.endsWith('.wxml'))) {
    const name = file.replace(/\.wxml$/, '');
    // The compiler takes an import of a file that is not there, and the page would stay empty.
    for (const other of group.getDirectDependencies(name))
      if (!paths.has(`${other}.wxml`))
        words.push(`${file} imports ${other}.wxml, which is missing`);
    for (const other of group.getScriptDependencies(name))
      if (!paths.has(`${other}.wxs`)) words.push(`${file} uses ${other}.wxs, which is missing`);
  }
  const code = group.getTmplGenObjectGroups();
  group.free();
  return { code, words, files: files.length };
}

/** The same, kept by the content of the markup: a package is compiled once for all test processes. */
export function templatesOf(root: string): CompiledTemplates {
  const kept = path.join(os.tmpdir(), 'weapp-host-easel', `${contentHash(root)}.json`);
  if (fs.existsSync(kept)) return JSON.parse(fs.readFileSync(kept, 'utf8')) as CompiledTemplates;
  const compiled = compileTemplates(root);
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  // Written under a temporary name and renamed: two test processes may compile the same package at once.
  const aside = `${kept}.${process.pid}`;
  fs.writeFileSync(aside, JSON.stringify(compiled));
  fs.renameSync(aside, kept);
  return compiled;
}
