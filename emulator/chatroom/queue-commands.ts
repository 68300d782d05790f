import { Reason, Refusal } from '../protocol/reasons';
import { textOf } from '../protocol/request-items';
import {
  isManager,
  requireAccountHolder,
  requireManager,
  type RoomCall,
  type RoomHandlers,
} from './room-command';

const MANAGERS_ONLY = 1;
const SIZE_LIMIT = 1000;

function requireMayOffer(call: RoomCall): void {
  requireAccountHolder(call);
  if (call.room.queueLevelMode === MANAGERS_ONLY && !isManager(call.member)) {
    throw new Refusal(Reason.forbidden, 'only managers change this queue');
  }
}

function offer(call: RoomCall): unknown[] {
  requireMayOffer(call);
  const { items, room, accountId, queues } = call;
  const key = items.string(0);
  const value = items.string(1);
  if (!key || !value) throw new Refusal(Reason.parameterError, 'key and value are required');
  // The SDK omits missing items, so the owner can take the position of the flag.
  const hasFlag = ['true', 'false'].includes(items.string(2));
  queues.offerElement(
    room,
    {
      key,
      value,
      transient: hasFlag && items.bool(2),
      ownerAccountId: items.string(hasFlag ? 3 : 2) || accountId,
    },
    accountId,
  );
  return [];
}

function poll(call: RoomCall): unknown[] {
  requireManager(call);
  const taken = call.queues.pollElement(call.room, call.items.string(0), call.accountId);
  return [taken.key, taken.value];
}

function init(call: RoomCall): unknown[] {
  requireManager(call);
  const size = call.items.number(0);
  if (size < 0 || size > SIZE_LIMIT) throw new Refusal(Reason.parameterError, '0 to 1000');
  call.queues.initQueue(call.room, size, call.accountId);
  return [];
}

function update(call: RoomCall): unknown[] {
  requireMayOffer(call);
  const { items, room, accountId, queues } = call;
  const values = Object.entries(items.property(0)).map(([key, value]) => [key, textOf(value)]);
  return [
    queues.updateElements(room, Object.fromEntries(values) as Record<string, string>, {
      operatorId: accountId,
      notified: items.bool(1),
      extension: items.string(2),
    }),
  ];
}

/** Commands on the queue. Only managers poll and drop; the room's mode decides who may offer. */
export const queueHandlers: RoomHandlers = {
  '36_20': offer,
  '36_21': poll,
  '36_22': ({ room }) => [room.queue.map(({ key, value }) => ({ [key]: value }))],
  '36_23': ({ room }) => [room.queue[0]?.key ?? '', room.queue[0]?.value ?? ''],
  '36_24': (call) => {
    requireManager(call);
    call.queues.dropElements(call.room, call.accountId);
    return [];
  },
  '36_25': init,
  '36_26': update,
};
