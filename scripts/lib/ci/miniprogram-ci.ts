import { fork } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { withoutUploadKey } from '../dependencies.mjs';
import { CI_FOLDER } from './install';
import { problemOf } from './library-errors';
import { withoutKey } from './private-key';
import { CiProblem } from './problems';

interface Target {
  appId: string;
  projectPath: string;
  privateKey: string;
}

interface Release extends Target {
  description: string;
  robot: number;
}

export type Job =
  | (Release & { command: 'upload'; version: string })
  | (Release & {
      command: 'preview';
      page?: string;
      query?: string;
      scene?: number;
      qrCodeFile: string;
    })
  | (Target & { command: 'pack'; outFile: string });

/** Bytes by package in WeChat's answer: `__FULL__`, `__APP__`, and each root. */
export interface PackageBytes {
  name: string;
  size: number;
}

export interface JobResults {
  upload: { packages: PackageBytes[] };
  /** `qrCode` is missing when the picture could not be read; the file exists. */
  preview: { packages: PackageBytes[]; qrCode?: { text: string; terminal: string } };
  pack: { files: number; bytes: number; gzipBytes: number; sha256: string };
}

type Answer =
  | { kind: 'progress'; message: string }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; code: number; message: string };

export interface JobListeners {
  onProgress?: (message: string) => void;
  /** The output of the library, without the key. */
  onOutput?: (text: string) => void;
}

/**
 * Runs one job of the unmodified miniprogram-ci in a process of its own.
 * @throws CiProblem
 */
export function runJob<J extends Job>(
  job: J,
  { onProgress, onOutput }: JobListeners = {},
): Promise<JobResults[J['command']]> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(CI_FOLDER, 'src', 'worker.cjs'), [], {
      cwd: CI_FOLDER,
      // The signing process gets the key in its job, because other processes can read an environment.
      env: withoutUploadKey(process.env),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let ended = false;
    const end = (finish: () => void) => {
      if (ended) return;
      ended = true;
      process.off('exit', kill);
      finish();
    };
    const kill = () => child.kill();
    process.once('exit', kill);
    // Output is filtered by lines, because a line of the key in two chunks would not be recognised.
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) =>
          onOutput?.(`${withoutKey(line, job.privateKey)}\n`),
        );
    child.on('message', (answer: Answer) => {
      if (answer.kind === 'progress') onProgress?.(answer.message);
      else if (answer.kind === 'done')
        end(() => resolve(answer.result as JobResults[J['command']]));
      else end(() => reject(problemOf(answer.code, withoutKey(answer.message, job.privateKey))));
    });
    child.on('error', (error) => end(() => reject(new CiProblem(610013, error.message))));
    child.on('exit', (code) => end(() => reject(new CiProblem(610013, `exit ${String(code)}`))));
    child.send(job);
  });
}
