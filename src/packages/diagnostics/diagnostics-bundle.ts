import { type JournalEntry, redact } from '@/connection';
import type { Core } from '@/connection/boot';
import type { RuntimeEnv } from '@/env';
import { SDK_VERSION } from '@/sdk/constants';
import type { SettingsStore } from '@/stores';
import { RememberedAccount } from '@/stores/remembered-account';
import { version } from '../../../package.json';
import type { HostInfo } from './host-info';
import { inspect, type Inspection } from './inspect';

/** Raised by one when a field changes its meaning or goes away; new fields do not count. */
export const BUNDLE_SCHEMA = 1;

/** One file for a support ticket: what the connection did and on what. docs/connection.md says what is in it. */
export interface DiagnosticsBundle {
  schema: 'yunxin-diagnostics';
  schemaVersion: typeof BUNDLE_SCHEMA;
  /** ISO 8601, by the clock of the device. */
  createdAt: string;
  app: { version: string; sdk: string };
  /** As built; of the app key the last four characters. */
  environment: RuntimeEnv;
  settings: Pick<SettingsStore, 'language' | 'chosenLanguage' | 'theme' | 'chosenTheme'>;
  host: HostInfo;
  network: { isConnected: boolean; networkType: string };
  /** State, socket counts by host, every socket at the gate, this login as the server sees it. */
  connection: Omit<Inspection, 'at' | 'timeline' | 'journal'>;
  /** Changes of the connection's state, oldest first. */
  states: readonly JournalEntry[];
  /** Everything else that was noted, oldest first. */
  journal: readonly JournalEntry[];
}

/**
 * Gathers the bundle. What goes in is chosen field by field, and every text in it is cut once more: there is
 * no token, no secret and no text of a message in it.
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
  const token = new RememberedAccount(platform.storage).load()?.token;
  return withoutSecrets(bundle, token);
}

/** The bundle as the text of its file. */
export function bundleText(bundle: DiagnosticsBundle): string {
  return JSON.stringify(bundle, null, 2);
}

/** A name that says what follows is secret, as in addresses, headers and JSON. */
const NAMED_SECRET =
  /\b(\w*(?:token|secret|password|signature|checksum)\w*["']?\s*[=:]\s*)[^\s&,;]+/gi;
/** Errors of JSON.parse and the like quote what they could not read: a message, an answer. */
const QUOTED = /"[^"]*"?/g;

function clean(text: string, token: string | undefined): string {
  const known = token ? text.split(token).join('[redacted]') : text;
  return redact(known.replace(NAMED_SECRET, '$1[redacted]').replace(QUOTED, '"…"'));
}

function withoutSecrets<T>(value: T, token: string | undefined): T {
  if (typeof value === 'string') return clean(value, token) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => withoutSecrets(each, token)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutSecrets(each as unknown, token)]),
  ) as T;
}
