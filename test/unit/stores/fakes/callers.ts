import { CallStore } from '@/stores';
import {
  type CallMedia,
  type CallMediaEvents,
  CallMediaPlug,
  type MediaSession,
} from '@/stores/call/call-media';
import type { CallRecord } from '@/stores/messages/kinds/call';
import type { Call } from '@/stores/call/call-state';
import { fakePlatform } from './fake-connection';
import type { ServerClient, SignallingServer } from './signalling-server';

/** An engine under a test's control. */
class FakeMedia implements CallMedia {
  session: MediaSession | undefined;
  left = 0;
  readonly told: string[] = [];
  join: (session: MediaSession) => Promise<void> = (session) => {
    this.session = session;
    return Promise.resolve();
  };

  constructor(readonly events: CallMediaEvents) {}

  leave(): void {
    this.left++;
  }
  setMuted(muted: boolean): void {
    this.told.push(`muted ${muted}`);
  }
  setCamera(on: boolean): void {
    this.told.push(`camera ${on}`);
  }
  setSpeaker(on: boolean): void {
    this.told.push(`speaker ${on}`);
  }
}

/** A client with its call store, which can restart on the same storage. */
export class Caller {
  store: CallStore;
  client: ServerClient;
  readonly media: FakeMedia[] = [];
  readonly records: { call: Call; record: CallRecord }[] = [];
  readonly storage: Map<string, string>;
  /** The way in which the next engines join; at once by default. */
  join: FakeMedia['join'] | undefined;
  private readonly plug = new CallMediaPlug();
  private readonly platform;

  constructor(
    readonly server: SignallingServer,
    readonly accountId: string,
    readonly deviceId = accountId,
    private readonly random: () => number = Math.random,
  ) {
    const { platform, entries } = fakePlatform(server.clock);
    this.platform = platform;
    this.storage = entries;
    this.plug.use((events) => {
      const media = new FakeMedia(events);
      if (this.join) media.join = this.join;
      this.media.push(media);
      return media;
    });
    this.client = server.client(accountId, deviceId);
    this.store = this.makeStore();
    this.client.connect();
  }

  get name(): string {
    return this.store.state.name;
  }

  get cause(): string | undefined {
    return 'cause' in this.store.state ? this.store.state.cause : undefined;
  }

  /** The state, and the end of the call if it ended. */
  get now(): string {
    return this.cause ? `${this.name} ${this.cause}` : this.name;
  }

  /** A new login on this device after a sign-out, a kick, or the death of the app. */
  signInAgain(): void {
    this.store.dispose();
    this.client = this.server.client(this.accountId, this.deviceId);
    this.store = this.makeStore();
    this.client.connect();
  }

  private makeStore(): CallStore {
    return new CallStore({
      connection: this.client.asConnection(),
      platform: { ...this.platform, random: this.random },
      media: this.plug,
      record: (call, record) => this.records.push({ call, record }),
    });
  }
}
