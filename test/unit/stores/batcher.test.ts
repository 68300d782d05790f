import { Batcher } from '@/stores/messages/batcher';
import { FakeClock } from '../fakes/fake-clock';

describe('Batcher', () => {
  test('delivers the first item at once, the others ten times a second, and loses none', async () => {
    const clock = new FakeClock();
    const batches: number[][] = [];
    const batcher = new Batcher<number>(clock, (items) => batches.push([...items]));
    for (let i = 0; i < 100; i++) {
      batcher.add(i);
      await clock.advance(10);
    }
    await clock.advance(100);
    expect(batches[0]).toEqual([0]);
    expect(batches.length).toBeLessThanOrEqual(12);
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(clock.pending).toBe(0);
  });

  test('delivers at once on flush, and drops items on dispose', async () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const batcher = new Batcher<number>(clock, (items) => seen.push(...items));
    batcher.add(1);
    batcher.flush();
    expect(seen).toEqual([1]);
    batcher.add(2);
    batcher.dispose();
    await clock.advance(1000);
    expect(seen).toEqual([1]);
  });
});
