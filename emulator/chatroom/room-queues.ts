import { RoomNotice } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomQueueElement, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import type { RoomTalk } from './room-talk';
import type { RoomWire } from './room-wire';

/** How a notification says what became of a queue; the SDK tells them apart by `_e`. */
type QueueChange =
  | { _e: 'OFFER' | 'POLL'; key: string; content: string }
  | { _e: 'DROP' }
  | { _e: 'BATCH_UPDATE' | 'PARTCLEAR'; kvObject: Record<string, string> }
  | { _e: 'BATCH_OFFER'; elements: { key: string; value: string; accid: string; nick: string }[] };

function keyValues(elements: readonly RoomQueueElement[]): Record<string, string> {
  return Object.fromEntries(elements.map(({ key, value }) => [key, value]));
}

/** The queue of a room (the microphone order): what changes it, and what the room is told. */
export class RoomQueues {
  constructor(
    private readonly world: World,
    private readonly wire: RoomWire,
    private readonly talk: RoomTalk,
  ) {}

  private tell(
    room: RoomRecord,
    id: number,
    operatorId: string,
    change: QueueChange,
    extension?: string,
  ): void {
    this.world.stamp();
    this.talk.tell(room, {
      id,
      operatorId,
      ...(extension && { extension }),
      fields: { queueChange: JSON.stringify(change) },
    });
  }

  /** Adds the element at the end, or changes the one with its key where it stands. */
  private put(room: RoomRecord, element: RoomQueueElement): void {
    const at = room.queue.findIndex(({ key }) => key === element.key);
    if (at < 0 && room.queue.length >= room.queueSize) {
      throw new Refusal(Reason.parameterError, `the queue holds ${room.queueSize} elements`);
    }
    if (at < 0) room.queue.push(element);
    else room.queue[at] = element;
  }

  /** Adds or changes one element. Refused with 414 when the queue is full. */
  offer(room: RoomRecord, element: RoomQueueElement, operatorId: string): void {
    this.put(room, element);
    const { key, value } = element;
    this.tell(room, RoomNotice.queueChange, operatorId, { _e: 'OFFER', key, content: value });
  }

  /** Adds or changes several in one go. */
  offerAll(room: RoomRecord, elements: readonly RoomQueueElement[], operatorId: string): void {
    for (const element of elements) this.put(room, element);
    this.tell(room, RoomNotice.queueBatchOffer, operatorId, {
      _e: 'BATCH_OFFER',
      elements: elements.map(({ key, value, ownerAccountId }) => {
        return {
          key,
          value,
          accid: ownerAccountId,
          nick: this.wire.look(room, ownerAccountId).nick,
        };
      }),
    });
  }

  /** Takes the element with this key, or the first. Refused with 404 when there is none. */
  poll(room: RoomRecord, key: string, operatorId: string): RoomQueueElement {
    const at = key ? room.queue.findIndex((element) => element.key === key) : 0;
    const [taken] = at < 0 ? [] : room.queue.splice(at, 1);
    if (!taken)
      throw new Refusal(Reason.notFound, key ? `no element ${key}` : 'the queue is empty');
    this.tell(room, RoomNotice.queueChange, operatorId, {
      _e: 'POLL',
      key: taken.key,
      content: taken.value,
    });
    return taken;
  }

  drop(room: RoomRecord, operatorId: string): void {
    room.queue = [];
    this.tell(room, RoomNotice.queueChange, operatorId, { _e: 'DROP' });
  }

  /** Empties the queue and limits it to `size` elements. */
  init(room: RoomRecord, size: number, operatorId: string): void {
    const hadElements = room.queue.length > 0;
    room.queueSize = size;
    if (hadElements) this.drop(room, operatorId);
    this.world.stamp();
  }

  /** Changes the values of elements that are there; returns the keys of those that are not. */
  update(
    room: RoomRecord,
    values: Readonly<Record<string, string>>,
    operation: { operatorId: string; extension?: string; told: boolean },
  ): string[] {
    const missing: string[] = [];
    const changed: RoomQueueElement[] = [];
    for (const [key, value] of Object.entries(values)) {
      const element = room.queue.find((other) => other.key === key);
      if (!element) missing.push(key);
      else changed.push(Object.assign(element, { value }));
    }
    const { operatorId, extension, told } = operation;
    if (told && changed.length) {
      const change: QueueChange = { _e: 'BATCH_UPDATE', kvObject: keyValues(changed) };
      this.tell(room, RoomNotice.queueBatchChange, operatorId, change, extension);
    }
    return missing;
  }

  /** Removes the transient elements of an account that has left. */
  ownerLeft(room: RoomRecord, accountId: string): void {
    const leaving = room.queue.filter(
      ({ transient, ownerAccountId }) => transient && ownerAccountId === accountId,
    );
    if (!leaving.length) return;
    room.queue = room.queue.filter((element) => !leaving.includes(element));
    this.tell(room, RoomNotice.queueBatchChange, accountId, {
      _e: 'PARTCLEAR',
      kvObject: keyValues(leaving),
    });
  }
}
