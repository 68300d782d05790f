import { RoomNotice } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomQueueElement, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import type { RoomBroadcast } from './room-broadcast';
import type { RoomWire } from './room-wire';

/** Change of a queue as a notification carries it; the SDK distinguishes the changes by `_e`. */
type QueueChange =
  | { _e: 'OFFER' | 'POLL'; key: string; content: string }
  | { _e: 'DROP' }
  | { _e: 'BATCH_UPDATE' | 'PARTCLEAR'; kvObject: Record<string, string> }
  | { _e: 'BATCH_OFFER'; elements: { key: string; value: string; accid: string; nick: string }[] };

function keyValues(elements: readonly RoomQueueElement[]): Record<string, string> {
  return Object.fromEntries(elements.map(({ key, value }) => [key, value]));
}

/** Changes the queue of a room (the microphone order) and notifies the room. */
export class RoomQueues {
  constructor(
    private readonly world: World,
    private readonly wire: RoomWire,
    private readonly broadcast: RoomBroadcast,
  ) {}

  private postNotice(
    room: RoomRecord,
    id: number,
    operatorId: string,
    change: QueueChange,
    extension?: string,
  ): void {
    this.world.stamp();
    this.broadcast.postNotice(room, {
      id,
      operatorId,
      ...(extension && { extension }),
      fields: { queueChange: JSON.stringify(change) },
    });
  }

  /** Appends the element, or replaces the element with the same key in its position. */
  private putElement(room: RoomRecord, element: RoomQueueElement): void {
    const at = room.queue.findIndex(({ key }) => key === element.key);
    if (at < 0 && room.queue.length >= room.queueSize) {
      throw new Refusal(Reason.parameterError, `the queue holds ${room.queueSize} elements`);
    }
    if (at < 0) room.queue.push(element);
    else room.queue[at] = element;
  }

  /** Adds or changes an element. Refused with 414 when the queue is full. */
  offerElement(room: RoomRecord, element: RoomQueueElement, operatorId: string): void {
    this.putElement(room, element);
    const { key, value } = element;
    this.postNotice(room, RoomNotice.queueChange, operatorId, { _e: 'OFFER', key, content: value });
  }

  /** Adds or changes several elements with one notification. */
  offerElements(room: RoomRecord, elements: readonly RoomQueueElement[], operatorId: string): void {
    for (const element of elements) this.putElement(room, element);
    this.postNotice(room, RoomNotice.queueBatchOffer, operatorId, {
      _e: 'BATCH_OFFER',
      elements: elements.map(({ key, value, ownerAccountId }) => {
        return {
          key,
          value,
          accid: ownerAccountId,
          nick: this.wire.profileOf(room, ownerAccountId).nick,
        };
      }),
    });
  }

  /** Removes and returns the element with this key, or the first element. Refused with 404 when it does not exist. */
  pollElement(room: RoomRecord, key: string, operatorId: string): RoomQueueElement {
    const at = key ? room.queue.findIndex((element) => element.key === key) : 0;
    const [taken] = at < 0 ? [] : room.queue.splice(at, 1);
    if (!taken)
      throw new Refusal(Reason.notFound, key ? `no element ${key}` : 'the queue is empty');
    this.postNotice(room, RoomNotice.queueChange, operatorId, {
      _e: 'POLL',
      key: taken.key,
      content: taken.value,
    });
    return taken;
  }

  dropElements(room: RoomRecord, operatorId: string): void {
    room.queue = [];
    this.postNotice(room, RoomNotice.queueChange, operatorId, { _e: 'DROP' });
  }

  /** Empties the queue and limits it to `size` elements. */
  initQueue(room: RoomRecord, size: number, operatorId: string): void {
    const hadElements = room.queue.length > 0;
    room.queueSize = size;
    if (hadElements) this.dropElements(room, operatorId);
    this.world.stamp();
  }

  /** Changes the values of existing elements; returns the keys without an element. */
  updateElements(
    room: RoomRecord,
    values: Readonly<Record<string, string>>,
    operation: { operatorId: string; extension?: string; notified: boolean },
  ): string[] {
    const missing: string[] = [];
    const changed: RoomQueueElement[] = [];
    for (const [key, value] of Object.entries(values)) {
      const element = room.queue.find((other) => other.key === key);
      if (!element) missing.push(key);
      else changed.push(Object.assign(element, { value }));
    }
    const { operatorId, extension, notified } = operation;
    if (notified && changed.length) {
      const change: QueueChange = { _e: 'BATCH_UPDATE', kvObject: keyValues(changed) };
      this.postNotice(room, RoomNotice.queueBatchChange, operatorId, change, extension);
    }
    return missing;
  }

  /** Removes the transient elements of an account after it has left. */
  removeTransientElements(room: RoomRecord, accountId: string): void {
    const leaving = room.queue.filter(
      ({ transient, ownerAccountId }) => transient && ownerAccountId === accountId,
    );
    if (!leaving.length) return;
    room.queue = room.queue.filter((element) => !leaving.includes(element));
    this.postNotice(room, RoomNotice.queueBatchChange, accountId, {
      _e: 'PARTCLEAR',
      kvObject: keyValues(leaving),
    });
  }
}
