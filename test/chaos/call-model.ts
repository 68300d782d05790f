import fc from 'fast-check';
import { seededRandom } from '../../emulator/faults/random';
import { FakeClock } from '../unit/fakes/fake-clock';
import { Caller } from '../unit/stores/fakes/callers';
import { SignallingServer } from '../unit/stores/fakes/signalling-server';

/** Devices that can call: two accounts with a single client and an account with two clients. */
const DEVICES = [
  ['ann', 'phone'],
  ['ben', 'phone'],
  ['ben', 'tablet'],
  ['cid', 'phone'],
] as const;

/** A step of a random story; `who` is an index into the devices. */
type Step =
  | { do: 'start'; who: number; peer: 'ann' | 'ben' | 'cid' }
  | {
      do:
        | 'accept'
        | 'reject'
        | 'hangUp'
        | 'dismiss'
        | 'mute'
        | 'switchType'
        | 'cut'
        | 'connect'
        | 'signOut'
        | 'kick'
        | 'die'
        | 'peerLeft'
        | 'engineFails'
        | 'engineHangs'
        | 'engineWorks';
      who: number;
    }
  | { do: 'wait'; ms: number };

const who = fc.nat(DEVICES.length - 1);

const verbs = (...names: Exclude<Step['do'], 'start' | 'wait'>[]) =>
  fc.record({ do: fc.constantFrom(...names), who });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('start' as const),
      who,
      peer: fc.constantFrom('ann' as const, 'ben' as const, 'cid' as const),
    }),
  },
  { weight: 6, arbitrary: verbs('accept') },
  { weight: 5, arbitrary: verbs('reject', 'hangUp', 'mute', 'switchType', 'dismiss') },
  { weight: 3, arbitrary: verbs('cut', 'connect') },
  { weight: 1, arbitrary: verbs('signOut', 'kick', 'die', 'peerLeft') },
  { weight: 1, arbitrary: verbs('engineFails', 'engineHangs', 'engineWorks') },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 3, 10, 30, 100, 1000, 9000, 31_000),
    }),
  },
);

export interface CallStory {
  steps: Step[];
  seed: number;
}

export const callStory: fc.Arbitrary<CallStory> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 40 }),
  seed: fc.nat(2 ** 31 - 1),
});

const KICKED = {
  name: 'kicked',
  detail: { reason: 1, reasonDesc: '', clientType: 1, customClientType: 0 },
  at: 0,
} as const;

/** Plays a story and throws when a channel stays open, a call never ends, or a call is recorded twice. */
export async function playCalls({ steps, seed }: CallStory): Promise<void> {
  const random = seededRandom(seed);
  const clock = new FakeClock();
  const server = new SignallingServer(clock, () => Math.floor(random() * 40));
  const callers = DEVICES.map(
    ([account, device]) => new Caller(server, account, `${account}-${device}`, random),
  );
  for (const each of steps) {
    await perform(each, callers, clock);
    check(callers);
  }
  // Every device reconnects, and every device in a call hangs up.
  for (const caller of callers) restore(caller);
  await clock.advance(1000);
  for (const caller of callers) caller.store.hangUp();
  await clock.advance(90_000);
  check(callers);
  const left = server.signalling.channels();
  if (left.length > 0) throw new Error(`channels left open: ${JSON.stringify(left)}`);
  for (const { name, deviceId, storage } of callers) {
    if (name !== 'idle' && name !== 'ended') throw new Error(`${deviceId} is still ${name}`);
    if (storage.size > 0) throw new Error(`${deviceId} still stores ${[...storage.values()]}`);
  }
}

async function perform(each: Step, callers: readonly Caller[], clock: FakeClock): Promise<void> {
  if (each.do === 'wait') return clock.advance(each.ms);
  const caller = callers[each.who];
  if (!caller) return;
  const { store, client, accountId } = caller;
  switch (each.do) {
    case 'start':
      if (each.peer !== accountId) store.start(each.peer, each.who % 2 ? 'audio' : 'video');
      break;
    case 'accept':
    case 'reject':
    case 'hangUp':
    case 'dismiss':
      store[each.do]();
      break;
    case 'mute':
      store.devices.setMuted(!store.devices.muted);
      break;
    case 'switchType':
      store.devices.setType(store.devices.type === 'audio' ? 'video' : 'audio');
      break;
    case 'cut':
      client.cut();
      break;
    case 'connect':
      restore(caller);
      break;
    case 'signOut':
      if (!isOver(caller)) client.end({ name: 'loggedOut' });
      break;
    case 'kick':
      if (isOver(caller)) break;
      client.cut();
      client.end(KICKED);
      break;
    case 'die':
      client.vanish();
      break;
    case 'peerLeft':
      caller.media[caller.media.length - 1]?.events.onPeerLeft();
      break;
    case 'engineFails':
      caller.join = () => Promise.reject(new Error('no engine'));
      break;
    case 'engineHangs':
      caller.join = () => new Promise(() => undefined);
      break;
    case 'engineWorks':
      caller.join = undefined;
      break;
  }
}

/** Restores the link, or signs in again when the login had ended. */
function restore(caller: Caller): void {
  if (isOver(caller)) caller.signInAgain();
  else caller.client.connect();
}

function isOver({ client }: Caller): boolean {
  return ['loggedOut', 'kicked', 'lost'].includes(client.state.name);
}

/** Checks the invariants that hold at every moment. */
function check(callers: readonly Caller[]): void {
  for (const { accountId, records, media } of callers) {
    const ids = records.map(({ call }) => call.requestId);
    if (new Set(ids).size < ids.length) throw new Error(`${accountId} recorded a call twice`);
    const engines = media.filter(({ left }) => left === 0).length;
    if (engines > 1) throw new Error(`${accountId} has ${engines} active engines`);
    if (media.some(({ left }) => left > 1)) throw new Error(`${accountId} left a channel twice`);
  }
  // At most one client of an account is in the same call.
  const inCall = callers.flatMap(({ accountId, store }) =>
    store.state.name === 'inCall' ? [`${accountId} ${store.state.call.requestId}`] : [],
  );
  if (new Set(inCall).size < inCall.length)
    throw new Error(`two clients in a call: ${inCall.join(', ')}`);
}
