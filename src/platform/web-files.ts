import type { KeptFiles } from './types';

const DATABASE = 'yunxin';
const STORE = 'unsent';

/** Keeps files in IndexedDB. Every method rejects where the browser blocks site data. */
export function webFiles(): KeptFiles {
  const work = async <T>(
    mode: IDBTransactionMode,
    run: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const database = await opened();
    try {
      return await answered(run(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  };
  return {
    keep: async (name, file) => {
      await work('readwrite', (store) => store.put(file, name));
    },
    open: async (name) => {
      const file: unknown = await work('readonly', (store) => store.get(name));
      if (file instanceof File) return { file, address: URL.createObjectURL(file) };
      throw new Error(`no file ${name}`);
    },
    remove: async (name) => {
      await work('readwrite', (store) => store.delete(name));
    },
    names: async () => (await work('readonly', (store) => store.getAllKeys())).map(String),
  };
}

async function opened(): Promise<IDBDatabase> {
  const request = globalThis.indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return await answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused by the database'));
  });
}
