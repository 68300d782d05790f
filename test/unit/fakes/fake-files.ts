import type { KeptFiles } from '@/platform';

/** Copies of files in memory, as the file system of WeChat keeps them. */
export function fakeFiles(files = new Map<string, string | File>()): KeptFiles {
  return {
    keep: (name, file) => {
      files.set(name, file);
      return Promise.resolve();
    },
    open: (name) => {
      const isThere = files.has(name);
      return isThere
        ? Promise.resolve({ file: `kept/${name}`, address: `kept/${name}` })
        : Promise.reject(new Error(`no file ${name}`));
    },
    remove: (name) => {
      files.delete(name);
      return Promise.resolve();
    },
    names: () => Promise.resolve([...files.keys()]),
  };
}
