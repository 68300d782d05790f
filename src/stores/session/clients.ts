import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';

/** Another device or browser that is signed in with my account. */
export interface OtherClient {
  readonly clientId: string;
  /** The SDK's V2NIMLoginClientType: 1 Android, 2 iOS, 4 PC, 16 Web and mini-programs, 64 Mac. */
  readonly type: number;
  readonly os: string;
  /** When it signed in, ms since 1970. */
  readonly since: number;
  readonly customTag: string;
  readonly customClientType: number;
}

/** The other clients that are signed in with my account. */
export class ClientsStore {
  others: readonly OtherClient[] = [];
  /** A client that signed in while this client was online; null once the user has seen it. */
  newClient: OtherClient | null = null;
  private readonly stops: (() => void)[];

  constructor(private readonly connection: ImConnection) {
    makeObservable(this, { others: observableRef, newClient: observableRef });
    this.stops = [
      connection.listen('login', 'onLoginClientChanged', () =>
        this.refresh({ mayBeNew: connection.state.name === 'online' }),
      ),
      // The event of the login itself comes before the SDK knows which client is this one.
      connection.on('state', ({ to }) => {
        if (to.name === 'online') this.refresh({ mayBeNew: false });
      }),
    ];
  }

  /** Signs another client out. @throws ConnectionError with the server's code. */
  async signOut(client: OtherClient): Promise<void> {
    const { login } = this.connection.services;
    const target = login.getLoginClients().find(({ clientId }) => clientId === client.clientId);
    if (!target) return this.refresh({ mayBeNew: false });
    try {
      await login.kickOffline(target);
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
    this.refresh({ mayBeNew: false });
  }

  dismissNewClient(): void {
    runInAction(() => (this.newClient = null));
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  /** The SDK's list contains this client too, and keeps a client that left until the next event. */
  private refresh({ mayBeNew }: { mayBeNew: boolean }): void {
    const { login } = this.connection.services;
    const mine = login.getCurrentLoginClient()?.clientId;
    if (!mine) return;
    const before = new Set(this.others.map(({ clientId }) => clientId));
    const others = login
      .getLoginClients()
      .filter(({ clientId }) => clientId !== mine)
      .map(({ clientId, type, os, timestamp, customTag, customClientType }) => ({
        clientId,
        type: type as number,
        os,
        since: timestamp,
        customTag: customTag ?? '',
        customClientType: customClientType ?? 0,
      }));
    const newClient = mayBeNew ? others.find(({ clientId }) => !before.has(clientId)) : undefined;
    runInAction(() => {
      this.others = others;
      if (newClient) this.newClient = newClient;
      else if (
        this.newClient &&
        !others.some(({ clientId }) => clientId === this.newClient?.clientId)
      )
        this.newClient = null;
    });
  }
}
