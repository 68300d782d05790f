import { type JournalEntry, redact } from '@/connection';
import type { Core } from '@/connection/boot';
import type { RuntimeEnv } from '@/env';
import { SDK_VERSION } from '@/sdk/constants';
import type { SettingsStore } from '@/stores';
import { RememberedAccount } from '@/stores/session/remembered-account';
import { version } from '../../../package.json';
import type { HostInfo } from './host-info';
import { inspect, type Inspection } from './inspect';

/** Raised by one when a field changes its meaning or is removed; new fields do not count. */
const BUNDLE_SCHEMA = 1;

/**
 * A file for a support ticket: the environment and the history of the connection. docs/connection.md lists
 * its content.
 */
export interface DiagnosticsBundle {
  schema: 'yunxin-diagnostics';
  schemaVersion: typeof BUNDLE_SCHEMA;
  /** ISO 8601, by the clock of the device. */
  createdAt: string;
  app: { version: string; sdk: string };
  /** The environment of the build; only the last four characters of the app key. */
  environment: RuntimeEnv;
  settings: Pick<SettingsStore, 'language' | 'chosenLanguage' | 'theme' | 'chosenTheme'>;
  host: HostInfo;
  network: { isConnected: boolean; networkType: string };
  /** State, socket counts by host, every socket at the gate, this login in the server's view. */
  connection: Omit<Inspection, 'at' | 'timeline' | 'journal'>;
  /** Changes of the connection's state, oldest first. */
  states: readonly JournalEntry[];
  /** All other entries of the journal, oldest first. */
  journal: readonly JournalEntry[];
}

/**
 * Creates the bundle. Its fields are chosen singly and each text in it is redacted once more: the bundle
 * contains no token, no secret and no text of a message.
 */
export function diagnosticsBundle(
  core: Core,
  { language, chosenLanguage, theme, chosenTheme }: SettingsStore,
  host: HostInfo,
): DiagnosticsBundle {
  const { at, timeline: _timeline, journal: _journal, ...connection } = inspect(core);
  const { env, platform } = core;
  const entries = core.journal.entries();
  const bundle: DiagnosticsBundle = {
    schema: 'yunxin-diagnostics',
    schemaVersion: BUNDLE_SCHEMA,
    createdAt: new Date(at).toISOString(),
    app: { version, sdk: SDK_VERSION },
    environment: { ...env, appkey: `…${env.appkey.slice(-4)}` },
    settings: { language, chosenLanguage, theme, chosenTheme },
    host,
    network: platform.network.current(),
    connection,
    states: entries.filter(({ kind }) => kind === 'state'),
    journal: entries.filter(({ kind }) => kind !== 'state'),
  };
  const remembered = new RememberedAccount(platform.storage);
  const tokens = [remembered.load(), ...remembered.others()].flatMap((each) => each?.token ?? []);
  return withoutSecrets(bundle, tokens);
}

/** The bundle as the text of its file. */
export function bundleText(bundle: DiagnosticsBundle): string {
  return JSON.stringify(bundle, null, 2);
}

/** Matches a name that announces a secret value, in addresses, headers and JSON. */
const NAMED_SECRET =
  /\b(\w*(?:token|secret|password|signature|checksum)\w*["']?\s*[=:]\s*)[^\s&,;]+/gi;
/** Errors of JSON.parse and similar functions quote the text that they could not read: a message or an answer. */
const QUOTED = /"[^"]*"?/g;

function clean(text: string, tokens: readonly string[]): string {
  const known = tokens.reduce((left, token) => left.split(token).join('[redacted]'), text);
  return redact(known.replace(NAMED_SECRET, '$1[redacted]').replace(QUOTED, '"…"'));
}

function withoutSecrets<T>(value: T, tokens: readonly string[]): T {
  if (typeof value === 'string') return clean(value, tokens) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => withoutSecrets(each, tokens)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutSecrets(each as unknown, tokens)]),
  ) as T;
}
