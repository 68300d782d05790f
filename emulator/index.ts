import { APP_PATH, CALLBACK_PATH, registerAppServer } from './app-server/app-server';
import { AppSessions } from './app-server/app-sessions';
import { MentionAlerts } from './app-server/mention-alerts';
import { registerRoomServer } from './app-server/room-server';
import { startEchoBot } from './bots/echo-bot';
import { ChatroomService } from './chatroom/chatroom-service';
import { cutBanned } from './chatroom/cut-banned';
import { registerCdn } from './chatroom/cdn';
import { Chatrooms } from './chatroom/chatrooms';
import { createChatroomParts } from './chatroom/room-command';
import { seedDemoRooms } from './chatroom/seed-rooms';
import { Clients } from './clients';
import { CONTROL_PATH, registerControl } from './control/control';
import type { Emulator } from './emulator';
import { Faults } from './faults/faults';
import { deliverTo } from './im/delivery';
import { ImService } from './im/im-service';
import { ImSessions } from './im/sessions';
import { tellStatus } from './im/subscriptions';
import { Dispatcher } from './link/dispatcher';
import { EmulatorLog } from './link/emulator-log';
import { LinkHost } from './link/link-host';
import {
  DEFAULT_APP_SECRET,
  DEFAULT_APPKEY,
  DEFAULT_ECHO_DELAY_MS,
  DEFAULT_SEED,
  type EmulatorOptions,
} from './options';
import { isForUs } from './server/callers';
import { makeCertificate } from './server/certificate';
import { type Certificate, type HttpPort, LOOPBACK, openPort } from './server/http-server';
import { LBS_PATH, registerLbs } from './server/lbs';
import { registerNos } from './server/nos';
import { NOS_PATHS, ObjectStore } from './server/object-store';
import { registerPictures } from './server/pictures';
import { storeSamples } from './server/samples';
import { seedDemoWorld } from './world/seed/demo-world';
import { keepSnapshot, readSnapshot } from './world/snapshot';
import { TeamAdmin } from './world/team-admin';
import { World } from './world/world';
import { emptyWorldState } from './world/world-state';

export type { DemoAccount, Emulator } from './emulator';
export type { EmulatorOptions } from './options';
export type { AppSessions, OpenedSession } from './app-server/app-sessions';
export type { ClientView, LinkView, PhantomOptions } from './clients';
export type { ActiveFault, CutHow, LinkChoice } from './faults/faults';
export type * from './faults/fault-types';
export type { Counters, LoginAttempt } from './link/emulator-log';
export type { Signalling, SignallingChannel } from './world/signalling';
export type * from './world/world-state';
export type { MessagingSettings } from './world/messaging';
export type * from './world/room-state';
export type * from './chatroom/chatrooms';
export type { Flood, FloodOptions } from './chatroom/flood';
export type { ObjectStore, ObjectView, UploadView } from './server/object-store';
export type { NewRoomMessage } from './chatroom/room-broadcast';
export { MemberRole, RoomKickReason, RoomMessageTag, RoomNotice } from './protocol/room-tags';
export type { TeamChange, TeamNoticeName, TeamOperator } from './world/team-admin';
export { TeamNotice, UNKNOWN_NOTICE } from './world/team-admin';
export type { NewAccount, NewMessage, World } from './world/world';
export { issueDynamicToken } from './im/authentication';
export { Reason } from './protocol/reasons';
export { ClientType, MessageTag, MessageType } from './protocol/tags';
export type { Clients, EmulatorLog, Faults };

function openWorld(options: EmulatorOptions, now: () => number) {
  const kept = options.dataDir === undefined ? undefined : readSnapshot(options.dataDir);
  const world = new World(kept ?? emptyWorldState(), now);
  const parts = createChatroomParts(world);
  if (!kept && options.world !== 'empty') {
    const seed = options.seed ?? DEFAULT_SEED;
    seedDemoWorld(world, seed);
    seedDemoRooms(parts, seed);
  }
  if (options.multiLogin) world.setMultiLogin(options.multiLogin);
  return { world, parts };
}

/** Starts an emulator on 127.0.0.1, or on `host`. Several emulators in a process are independent of each other. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const now = options.now ?? Date.now;
  const tls = options.tls ?? options.host !== undefined;
  const appkey = options.appkey ?? DEFAULT_APPKEY;
  const appSecret = options.appSecret ?? DEFAULT_APP_SECRET;
  const { world, parts } = openWorld(options, now);
  const faults = new Faults();
  const log = new EmulatorLog(options.print ?? (() => undefined));
  const sessions: ImSessions = new ImSessions(
    (accountId) => {
      world.mailbox(accountId).awaySince = world.stamp();
    },
    (session, statusType) => tellStatus(world, sessions, session, statusType),
  );
  const storage = new ObjectStore(now);
  if (options.world !== 'empty') storeSamples(storage);
  const ports: { main?: HttpPort; secure?: HttpPort } = {};

  const plainAddress = (): string => ports.main?.address ?? '';
  const url = (): string => `http://${plainAddress()}`;
  const origin = (): string => (ports.secure ? `https://${ports.secure.address}` : url());
  const names = options.names ?? {};
  const linkAddress = (): string => names.link ?? ports.secure?.address ?? plainAddress();
  const cdnHost = (): string => names.cdn?.replace(/^https?:\/\//, '') ?? linkAddress();

  const authentication = {
    appkey,
    appSecret,
    now,
    thirdPartyCallbackUrl: () =>
      options.thirdPartyCallbackUrl ?? `${url()}${APP_PATH}${CALLBACK_PATH}`,
  };
  const host = () => ({
    linkAddress: linkAddress(),
    cdnDomain: `${cdnHost()}${NOS_PATHS.download}`,
    upstream: url(),
  });
  const im = new ImService({ world, sessions, log, authentication, host });
  const chatroom = new ChatroomService({ parts, log, authentication, host });
  const dispatcher = new Dispatcher([im, chatroom], faults, log);
  const links = new LinkHost(dispatcher, faults, log, now);
  const clients = new Clients(world, sessions, links);
  const rooms = new Chatrooms(parts);

  const emulator: Emulator = {
    get url() {
      return url();
    },
    get secureUrl() {
      return ports.secure && `https://${ports.secure.address}`;
    },
    certificate: undefined,
    get lbsUrl() {
      return `${origin()}${LBS_PATH}`;
    },
    get linkUrl() {
      return linkAddress();
    },
    linkSSL: tls,
    get appServer() {
      return `${options.host === undefined ? url() : origin()}${APP_PATH}`;
    },
    get control() {
      return `${url()}${CONTROL_PATH}`;
    },
    appkey,
    appSecret,
    remoteConfig: { reportEnabled: true },
    reports: [],
    mentionAlerts: new MentionAlerts(
      world,
      (accountId) => sessions.ofAccount(accountId).length > 0,
      () => emulator.remoteConfig,
    ),
    appSessions: new AppSessions(now),
    get accounts() {
      return Object.values(world.state.accounts).map(({ accountId, token, profile }) => {
        return { accountId, token, name: profile.name };
      });
    },
    world,
    faults,
    clients,
    rooms,
    teams: new TeamAdmin(world),
    storage,
    log,
    get unimplemented() {
      return log.unimplemented;
    },
    close: () => (closing ??= close()),
  };

  const openOne = async (port: number, certificate?: Certificate, host?: string) => {
    const opened: { port?: HttpPort } = {};
    const scheme = certificate ? 'https' : 'http';
    const ownAddress = (): string => opened.port?.address ?? '';
    opened.port = await openPort({
      port,
      ...(certificate ? { certificate } : {}),
      ...(host === undefined ? {} : { host }),
      names: [names.link, names.upload, names.cdn],
      noPagesBelow: CONTROL_PATH,
      routes: (app) => {
        registerLbs(app, faults, log, () => ({
          link: names.link ?? ownAddress(),
          origin: names.upload ?? `${scheme}://${ownAddress()}`,
        }));
        links.registerRoutes(app);
        registerNos(app, {
          store: storage,
          faults,
          origin: () => names.cdn ?? `${scheme}://${ownAddress()}`,
        });
        registerPictures(app);
        registerCdn(app, parts);
        registerAppServer(app, {
          world,
          rooms,
          sessions: emulator.appSessions,
          appkey,
          appSecret,
          now,
          linkAddress,
          origin,
          roomServer: url,
          remoteConfig: () => emulator.remoteConfig,
          reports: emulator.reports,
          mentionAlerts: emulator.mentionAlerts,
        });
        registerRoomServer(app, { world, appkey, appSecret });
        // The control API is for this machine only.
        if (host === undefined) registerControl(app, emulator);
      },
    });
    const { server, names: own } = opened.port;
    links.takeUpgrades(server, ({ headers }) => isForUs(headers, own));
    return opened.port;
  };

  ports.main = await openOne(options.port ?? 0);
  if (tls) {
    const certificate = await makeCertificate(options.host);
    Object.assign(emulator, { certificate: certificate.cert });
    // A package is built for a port, so the TLS port has the same number on another address.
    const port = options.host === undefined || options.host === LOOPBACK ? 0 : (options.port ?? 0);
    ports.secure = await openOne(port, certificate, options.host);
  }
  world.origin = origin();

  const stops = [
    deliverTo(world, sessions),
    cutBanned(world, parts.sessions),
    emulator.mentionAlerts.watch(),
    startEchoBot(world, options.echoDelayMs ?? DEFAULT_ECHO_DELAY_MS),
    ...(options.dataDir === undefined ? [] : [keepSnapshot(world, options.dataDir)]),
  ];

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    rooms.floods.stopAll();
    sessions.dispose();
    parts.sessions.dispose();
    for (const stop of stops) stop();
    links.dispose();
    await Promise.all([ports.main?.close(), ports.secure?.close()]);
  }

  return emulator;
}
