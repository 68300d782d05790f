import { build } from '../../scripts/lib/build';
import { MAIN_BUDGET, SUB_PACKAGE_BUDGET, WECHAT_PACKAGE_LIMIT } from '../../scripts/lib/budgets';
import { packageSizes } from '../../scripts/lib/package-size';
import { atMost, type Figure } from './figures';

/** Measures the bytes of the package as WeChat counts them. Peers: docs/benchmarks.md. */
export async function benchPackage(): Promise<Figure[]> {
  const { directory } = await build({ target: 'weapp' });
  const { main, packages } = packageSizes(directory);
  const [largest = ['none', 0] as const] = Object.entries(packages).sort(([, a], [, b]) => b - a);
  return [
    atMost('package.main', main, MAIN_BUDGET, {
      unit: 'B',
      note: `${((main / WECHAT_PACKAGE_LIMIT) * 100).toFixed(1)}% of WeChat's 2 MB; stretch 500,000; vendor's native kit 2,066,111`,
    }),
    atMost('package.largestSub', largest[1], SUB_PACKAGE_BUDGET, { unit: 'B', note: largest[0] }),
  ];
}
