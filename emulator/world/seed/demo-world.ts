import type { World } from '../world';

/** Fills a world for the demo. */
export function seedDemoWorld(world: World, _seed: number): void {
  for (const [accountId, name] of [
    ['xiaoming', '李小明'],
    ['alice', 'Alice Chen'],
    ['echo', '回声 Echo'],
  ] as const) {
    world.addAccount({ accountId, name, token: `token-${accountId}` });
  }
}
