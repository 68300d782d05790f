import { MeetingStore } from '@/packages/meeting/meeting-store';
import type { KitInstance, KitLogin, KitSetup, MeetingKit } from '@/packages/meeting/meeting-kit';
import { AppServerClient, ConnectionStore, SessionStore } from '@/stores';
import { settle } from '../fakes/fake-clock';
import { createRig, TEST_ENV } from '../fakes/rig';
import { FakeService } from '../sdk/fakes/fake-services';

/** A kit under a test's control: the kit answers each call, fails it, or never answers. */
export class FakeKit implements MeetingKit, KitInstance {
  readonly name = 'FakeKit';
  readonly ways = ['token'] as const;
  /** Calls in order. */
  readonly calls: string[] = [];
  /** The rejection of a call; 'never' means no answer. */
  readonly failures = new Map<string, unknown>();
  readonly logins: KitLogin[] = [];
  readonly setups: KitSetup[] = [];
  readonly reuseIM?: NonNullable<KitInstance['reuseIM']>;
  /** The IM account that the kit reports after its login. */
  account: string | undefined;
  /** Number of created instances and number of released instances. */
  created = 0;
  ended = 0;

  constructor({ wraps = true } = {}) {
    if (!wraps) return;
    this.reuseIM = (nim) => {
      this.calls.push('reuseIM');
      return nim;
    };
  }

  create(): KitInstance {
    this.created += 1;
    return this;
  }

  imAccount(): string | undefined {
    return this.account;
  }

  end(): Promise<void> {
    this.ended += 1;
    const failure = this.failures.get('end');
    if (failure === 'never') return new Promise(() => undefined);
    return failure ? Promise.reject(failure) : Promise.resolve();
  }

  initialize(setup: KitSetup): Promise<void> {
    this.setups.push(setup);
    return this.answer('initialize');
  }

  login(login: KitLogin): Promise<void> {
    this.logins.push(login);
    return this.answer('login');
  }

  logout(): Promise<void> {
    return this.answer('logout');
  }

  private answer(name: string): Promise<void> {
    this.calls.push(name);
    const failure = this.failures.get(name);
    if (failure === 'never') return new Promise(() => undefined);
    return failure ? Promise.reject(failure) : Promise.resolve();
  }
}

/** The meeting store on the rig's manager, with a fake SDK and the app server's answer. */
export function createStage(kit: FakeKit | null = new FakeKit()) {
  const services = {
    login: new FakeService(),
    message: new FakeService(),
    passthrough: new FakeService(),
  };
  const rig = createRig({ services });
  const { platform, manager, gate, journal, clock } = rig;
  platform.request = ({ url, body }) => {
    const { accountId } = body as { accountId: string };
    return Promise.resolve({
      status: 200,
      body: url.endsWith('/login')
        ? { sessionToken: `session-of-${accountId}`, accountId }
        : { userUuid: `room-of-${accountId}`, userToken: 't' },
    });
  };
  const appServer = new AppServerClient(platform, TEST_ENV.appServer);
  const session = new SessionStore({ platform, manager, appServer });
  const connection = new ConnectionStore(manager, clock);
  const plugIn = () =>
    new MeetingStore(
      { env: TEST_ENV, manager, gate, journal, platform },
      { session, connection, appServer },
      kit ?? undefined,
    );
  /** Runs an operation while the clock advances. */
  const during = async <T>(wish: Promise<T>, ms = 2000): Promise<T> => {
    await clock.advance(ms);
    return await wish;
  };
  const signInToIm = (accountId: string) =>
    during(session.signIn({ way: 'static', accountId, token: `token-of-${accountId}` }));
  return { ...rig, kit, services, session, connection, plugIn, during, signInToIm, settle };
}
