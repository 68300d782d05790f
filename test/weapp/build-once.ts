import { build } from '../../scripts/lib/build';

/** Before any test of the package: several workers must not build it at the same time. */
export default async function buildOnce(): Promise<void> {
  await build({ target: 'weapp' });
}
