import { build } from '../../scripts/lib/build';

/** Directory of the production weapp package, built first when sources have changed since. */
export async function builtPackage(): Promise<string> {
  const { directory } = await build({ target: 'weapp' });
  return directory;
}
