import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { KeyValueStorage } from '@/platform';
import { type RoomServer, type RoomSummary, summariesOf } from './room-server';

export type RoomListState = 'idle' | 'loading' | 'ready' | 'empty' | 'error';

const RECENT_KEY = 'yunxin.rooms.recent';
const RECENT_ROOMS = 10;

/** The rooms of the app server, and the rooms that were visited recently. */
export class RoomListStore {
  state: RoomListState = 'idle';
  rooms: readonly RoomSummary[] = [];
  /** The newest first, with the data of the last visit. */
  recent: readonly RoomSummary[];
  query = '';
  error: ConnectionError | null = null;
  private run = 0;

  constructor(
    private readonly server: RoomServer,
    private readonly storage: KeyValueStorage,
  ) {
    this.recent = this.loadRecent();
    makeObservable(this, {
      state: observableRef,
      rooms: observableRef,
      recent: observableRef,
      query: observableRef,
      error: observableRef,
      isSearching: computed,
    });
  }

  get isSearching(): boolean {
    return this.query.trim() !== '';
  }

  /** Fetches the list; the shown list stays until the new list arrives. */
  async load(): Promise<void> {
    const run = ++this.run;
    runInAction(() => {
      if (this.rooms.length === 0) this.state = 'loading';
      this.error = null;
    });
    try {
      const rooms = await this.server.rooms(this.query.trim());
      if (run !== this.run) return;
      runInAction(() => {
        this.rooms = rooms;
        this.state = rooms.length > 0 ? 'ready' : 'empty';
      });
    } catch (cause) {
      if (run !== this.run) return;
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        this.state = 'error';
      });
    }
  }

  /** Shows rooms whose id, name or announcement contains this text; an empty text shows the whole list. */
  async search(query: string): Promise<void> {
    runInAction(() => (this.query = query));
    await this.load();
  }

  room(roomId: string): RoomSummary | undefined {
    return [...this.rooms, ...this.recent].find((room) => room.roomId === roomId);
  }

  /** A room was entered. */
  remember(room: RoomSummary): void {
    const recent = [room, ...this.recent.filter(({ roomId }) => roomId !== room.roomId)];
    runInAction(() => (this.recent = recent.slice(0, RECENT_ROOMS)));
    this.storage.set(RECENT_KEY, JSON.stringify(this.recent));
  }

  /** The room no longer exists, or the user removed it from the list. */
  forget(roomId: string): void {
    runInAction(() => (this.recent = this.recent.filter((room) => room.roomId !== roomId)));
    this.storage.set(RECENT_KEY, JSON.stringify(this.recent));
  }

  dispose(): void {
    this.run++;
  }

  private loadRecent(): readonly RoomSummary[] {
    try {
      const saved: unknown = JSON.parse(this.storage.get(RECENT_KEY) ?? '[]');
      return Array.isArray(saved) ? summariesOf(saved).slice(0, RECENT_ROOMS) : [];
    } catch {
      return [];
    }
  }
}
