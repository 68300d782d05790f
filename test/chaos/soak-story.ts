import { seededRandom } from '../../emulator/faults/random';
import { type AllStep, type AllStory, DEVICES } from './all-story';

/** Virtual time of a round, ms. */
export const ROUND_MS = 300_000;
/** 24 rounds of five minutes: two hours. */
export const ROUNDS = 24;
/** Virtual time within which every device is online, closes its chats, and its late timers have ended, ms. */
const REST_MS = 120_000;

/**
 * Two hours of a usual day: in each round every device opens chats, writes, visits the room, loses its network, and
 * goes to the background; one device starts again, and one switches to another account and back. At the end of a
 * round everything is closed, and the round is measured.
 */
export function soakStory(seed: number, rounds = ROUNDS): AllStory {
  const random = seededRandom(seed);
  const steps: AllStep[] = [];
  for (let round = 0; round < rounds; round++) steps.push(...roundOf(round, random));
  return { seed, steps, closeDelayMs: 40 };
}

function roundOf(round: number, random: () => number): AllStep[] {
  const steps: AllStep[] = [];
  const wait = (ms: number) => steps.push({ do: 'wait', ms });
  for (const who of DEVICES) {
    steps.push({ do: 'enterRoom', who });
    wait(2000);
    steps.push({ do: 'writeInRoom', who, count: 1 });
    for (const place of ['team', 'dora'] as const) {
      steps.push({ do: 'open', who, place });
      wait(2000);
      steps.push({ do: 'write', who, kind: place === 'team' ? 'text' : 'image', count: 3 });
      steps.push({ do: 'draft', who, place, nth: round });
      wait(3000);
      steps.push({ do: 'edit', who, nth: -1 }, { do: 'react', who, nth: -1 });
    }
    steps.push(
      { do: 'doraWrites', to: 'team', count: 2 },
      { do: 'doraWrites', to: 'room', count: 1 },
    );
    steps.push({ do: 'network', who, on: false });
    wait(1000 + Math.floor(random() * 4000));
    steps.push({ do: 'network', who, on: true }, { do: 'hide', who, cut: random() < 0.5 });
    wait(8000);
    steps.push({ do: 'show', who });
    wait(3000);
  }
  const restarted = DEVICES[round % DEVICES.length] ?? DEVICES[0];
  steps.push({ do: 'end', who: restarted }, { do: 'start', who: restarted });
  wait(3000);
  if (round % 4 === 1) {
    steps.push({ do: 'switch', who: 'anna/tablet', to: 'chen' });
    wait(10_000);
    steps.push({ do: 'switch', who: 'anna/tablet', to: 'anna' });
  }
  wait(10_000);
  for (const who of DEVICES) steps.push({ do: 'close', who }, { do: 'leaveRoom', who });
  const used = steps.reduce((sum, step) => sum + (step.do === 'wait' ? step.ms : 0), 0);
  wait(Math.max(REST_MS, ROUND_MS - used));
  steps.push({ do: 'measure' });
  return steps;
}
