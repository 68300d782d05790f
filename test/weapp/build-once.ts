import { build } from '../../scripts/lib/build';

/** Builds the package before its tests, because several workers must not build it at the same time. */
export default async function buildOnce(): Promise<void> {
  await build({ target: 'weapp' });
}
