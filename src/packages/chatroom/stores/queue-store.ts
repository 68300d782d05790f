import { computed, makeObservable, observable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import { QueueLevelMode } from '../connection/constants';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import { InvalidParameter } from '../connection/enter-params';
import type { RoomInfo, RoomMember, RoomQueueElement } from '../sdk-types';
import { mayManageRoom } from './permissions';

/** The SDK's advice for keys and values. */
const TEXT_LIMIT = 128;
const SIZE_LIMIT = 1000;

/** The room's queue in the server's order: mic seats, a waiting list, or another use of the product. */
export class QueueStore {
  readonly elements = observable.array<RoomQueueElement>([], { deep: false });
  state: 'idle' | 'loading' | 'ready' | 'error' = 'idle';
  error: ConnectionError | null = null;
  private readonly stop: (() => void)[];

  constructor(
    private readonly connection: ChatroomConnection,
    private readonly self: () => RoomMember | null,
    private readonly info: () => RoomInfo | null,
  ) {
    makeObservable(this, { state: observableRef, error: observableRef, mayOffer: computed });
    this.stop = [
      connection.listen('queueOffered', (elements) => this.put(elements)),
      connection.listen('queueTaken', (elements) => this.take(elements)),
      connection.listen('queueCleared', () => runInAction(() => this.elements.clear())),
      // Changes during a lost link have no events.
      connection.on('open', () => void (this.state === 'idle' || this.load())),
    ];
  }

  /**
   * Whether the own account may add to the queue: everybody, or managers only, by the setting of the room.
   */
  get mayOffer(): boolean {
    if (this.connection.anonymous) return false;
    const mode = this.info()?.queueLevelMode as number | undefined;
    return mode !== QueueLevelMode.MANAGER || mayManageRoom(this.self());
  }

  element(key: string): RoomQueueElement | undefined {
    return this.elements.find((element) => element.key === key);
  }

  /** Fetches the whole queue; the outcome is in `state` and `error`. */
  async load(): Promise<void> {
    runInAction(() => (this.state = this.state === 'ready' ? 'ready' : 'loading'));
    try {
      const all = await this.connection.call(({ queue }) => queue.queueList());
      runInAction(() => {
        this.elements.replace(all);
        this.state = 'ready';
        this.error = null;
      });
    } catch (cause) {
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        this.state = 'error';
      });
    }
  }

  /**
   * Adds an element, or replaces the element of that key. `transient` (true by default): the server removes
   * the element when its owner leaves or loses the link.
   * @throws ConnectionError
   */
  async offer(
    key: string,
    value: string,
    { transient = true, ownerId }: { transient?: boolean; ownerId?: string } = {},
  ): Promise<void> {
    checkText('elementKey', key);
    checkText('elementValue', value);
    await this.connection.call(({ queue }) =>
      queue.queueOffer({
        elementKey: key,
        elementValue: value,
        transient,
        ...(ownerId ? { elementOwnerAccountId: ownerId } : {}),
      }),
    );
    this.put([{ key, value }]);
  }

  /**
   * Removes an element, the first element without a key.
   * @throws ConnectionError, 191006 when there is no such element
   */
  async poll(key?: string): Promise<RoomQueueElement> {
    const taken = await this.connection.call(({ queue }) => queue.queuePoll(key));
    this.take([taken]);
    return taken;
  }

  /**
   * Clears the queue. Managers only.
   * @throws ConnectionError
   */
  async drop(): Promise<void> {
    await this.connection.call(({ queue }) => queue.queueDrop());
    runInAction(() => this.elements.clear());
  }

  /**
   * Sets the maximum number of elements, up to 1000. Managers only.
   * @throws ConnectionError
   */
  async init(size: number): Promise<void> {
    if (!(size >= 0 && size <= SIZE_LIMIT))
      throw new InvalidParameter('size', SIZE_LIMIT, `is ${size}`);
    await this.connection.call(({ queue }) => queue.queueInit(size));
  }

  /**
   * Gives several elements new values. Returns the keys without an element.
   * @throws ConnectionError
   */
  async batchUpdate(elements: readonly RoomQueueElement[]): Promise<readonly string[]> {
    for (const { key, value } of elements) {
      checkText('key', key);
      checkText('value', value);
    }
    const missing = await this.connection.call(({ queue }) =>
      queue.queueBatchUpdate([...elements], true),
    );
    this.put(elements.filter(({ key }) => !missing.includes(key)));
    return missing;
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    runInAction(() => this.elements.clear());
  }

  private put(elements: readonly RoomQueueElement[]): void {
    runInAction(() => {
      for (const element of elements) {
        const index = this.elements.findIndex(({ key }) => key === element.key);
        if (index >= 0) this.elements.splice(index, 1, element);
        else this.elements.push(element);
      }
    });
  }

  private take(elements: readonly RoomQueueElement[]): void {
    const keys = new Set(elements.map(({ key }) => key));
    runInAction(() => {
      for (let index = this.elements.length - 1; index >= 0; index--)
        if (keys.has(this.elements[index]?.key ?? '')) this.elements.splice(index, 1);
    });
  }
}

function checkText(field: string, text: string): void {
  if (text === '') throw new InvalidParameter(field, undefined, 'is empty');
  if (text.length > TEXT_LIMIT)
    throw new InvalidParameter(field, TEXT_LIMIT, `has ${text.length} characters`);
}
