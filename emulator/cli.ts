import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describe } from './control/control';
import type { Emulator } from './emulator';
import { startEmulator } from './index';
import { ownAddress, phoneHelp, warningFor } from './network-host';

const DEFAULT_PORT = '7600';

const HELP = `Local Yunxin emulator

  --port N     port on 127.0.0.1, 0 for a free one (default ${DEFAULT_PORT})
  --tls        also https and wss with a self-made certificate
  --host IP    https and wss on this address of the machine, for a phone in the same network;
               everybody in that network can then sign in to any account
  --save-certificate FILE
               where to write the self-made certificate, to be trusted by the phone
  --data DIR   keep the world in DIR
  --seed N     seed of the demo world (default 1)
  --json       print one line of JSON instead of text
  --quiet      print nothing but that
`;

function numberOption(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new Error(`--${name} ${text}: a whole number from 0 to ${max} is needed`);
  }
  return value;
}

function greeting(emulator: Emulator): string {
  const people = emulator.accounts
    .map(({ accountId, token, name }) => `  ${accountId.padEnd(12)} ${token.padEnd(20)} ${name}`)
    .join('\n');
  return `Yunxin emulator on ${emulator.url}
  app key     ${emulator.appkey}
  LBS         ${emulator.lbsUrl}
  link        ${emulator.linkUrl}${emulator.linkSSL ? ' (TLS)' : ''}
  app server  ${emulator.appServer}
  control     ${emulator.control}

Accounts (id, token, name):
${people}

Ctrl-C ends it.`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: DEFAULT_PORT },
      tls: { type: 'boolean' },
      host: { type: 'string' },
      'save-certificate': { type: 'string' },
      data: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { host } = values;
  if (host !== undefined) process.stderr.write(`${warningFor(ownAddress(host))}\n`);
  const emulator = await startEmulator({
    port: numberOption('port', values.port, 65_535),
    ...(host !== undefined || values.tls ? { tls: true } : {}),
    ...(host === undefined ? {} : { host }),
    seed: numberOption('seed', values.seed, 0xffff_ffff),
    ...(values.data === undefined ? {} : { dataDir: values.data }),
    // Standard output may carry the JSON line, so log lines go to standard error.
    print: values.quiet ? () => undefined : (line) => process.stderr.write(`${line}\n`),
  });
  // The handlers are set before the first output, because a reader of it may end the process at once.
  const stop = (): void => {
    void emulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  const certificateFile = values['save-certificate'];
  if (certificateFile !== undefined && emulator.certificate !== undefined)
    writeFileSync(certificateFile, emulator.certificate);
  if (values.json) process.stdout.write(`${JSON.stringify(describe(emulator))}\n`);
  else if (!values.quiet)
    process.stdout.write(
      `${greeting(emulator)}${host === undefined ? '' : phoneHelp(emulator, host)}\n`,
    );
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return 'the port is in use; take another with --port, or --port 0 for a free one';
  }
  return error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`emulator: ${explain(error)}\n`);
  process.exitCode = 1;
});
