import { build } from '../../scripts/lib/build';

/** Directory of the production weapp package; builds the package first when sources changed since the last build. */
export async function builtPackage(): Promise<string> {
  const { directory } = await build({ target: 'weapp' });
  return directory;
}
