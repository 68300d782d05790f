import { constants, createPublicKey, generateKeyPairSync, publicDecrypt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { qrCodePng } from './qr-code-png';

const HOST = 'servicewechat.com';
export const RANDOM = 'a-random-string-of-wechat';

/** WeChat's answer to a signature that does not match the key. */
const OTHER_KEY = { errCode: -1, errMsg: 'get new ticket fail: innerCode: -80002' };
const ATTRIBUTES = {
  platform: false,
  appType: 0,
  isSandbox: false,
  released: false,
  setting: {
    MaxCodeSize: 2,
    MaxSubpackageSubCodeSize: 2,
    MaxSubpackageFullCodeSize: 30,
    NavigateMiniprogramLimit: 10,
    MaxSubPackageLimit: 100,
    MinTabbarCount: 2,
    MaxTabbarCount: 5,
    MaxCustomTabbarCount: 10,
    MaxTabbarIconSize: 40,
  },
};

export interface ReceivedPackage {
  /** `upload` or `testSourceURL`; the latter is the preview. */
  call: string;
  query: Readonly<Record<string, string>>;
  files: ReadonlyMap<string, Buffer>;
  /** Content of the signature in the package, opened with the public key. */
  signed: { appid: string; rand_str: string };
}

type Refusal = { errCode: number; errMsg: string };

/**
 * A stand-in for servicewechat.com on loopback: TLS with its own certificate behind a CONNECT proxy, so that
 * miniprogram-ci runs unmodified. The stand-in opens signatures with the public key and reads the code
 * package; it says nothing about what WeChat itself accepts.
 */
export class WeChat {
  readonly received: ReceivedPackage[] = [];
  /** Hosts that the proxy was asked for. */
  readonly asked: string[] = [];
  readonly privateKey: string;
  readonly qrCodeText = 'https://mp.weixin.qq.com/a/~preview-of-this-code~~';
  /** Refusals by call: getrandstr, getattr, upload, testSourceURL. */
  refuse: Readonly<Record<string, Refusal>> = {};
  private readonly publicKey: string;
  private directory = '';
  private readonly proxy = http.createServer((_, response) => response.writeHead(405).end());
  /** An HTTP server drops its record of sockets that were passed to another server. */
  private readonly tunnels = new Set<net.Socket>();
  private server: https.Server | undefined;

  constructor() {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.privateKey = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    this.publicKey = createPublicKey(privateKey).export({ type: 'pkcs1', format: 'pem' }) as string;
  }

  /** @returns the environment that a process needs to talk to this WeChat */
  async start(): Promise<Record<string, string>> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }], {
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] },
      ],
    });
    this.directory = mkdtempSync(path.join(os.tmpdir(), 'wechat-'));
    const authority = path.join(this.directory, 'ca.pem');
    writeFileSync(authority, cert);
    this.server = https.createServer({ key, cert }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        response.end(JSON.stringify(this.answer(request.url ?? '', Buffer.concat(chunks)))),
      );
    });
    const port = await listen(this.server);
    this.proxy.on('connect', (request, socket: net.Socket) => {
      this.asked.push(request.url ?? '');
      if (request.url !== `${HOST}:443`) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      const tunnel = net.connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        tunnel.pipe(socket).pipe(tunnel);
      });
      // A process that ends during an answer resets the connection.
      for (const end of [tunnel, socket]) {
        this.tunnels.add(end);
        end.on('error', () => end.destroy());
      }
      return undefined;
    });
    const address = `http://127.0.0.1:${await listen(this.proxy)}`;
    return { HTTPS_PROXY: address, https_proxy: address, NODE_EXTRA_CA_CERTS: authority };
  }

  async close(): Promise<void> {
    rmSync(this.directory, { recursive: true });
    for (const socket of this.tunnels) socket.destroy();
    this.server?.closeAllConnections();
    this.proxy.closeAllConnections();
    await Promise.all(
      [this.server, this.proxy].map(
        (each) => new Promise((done) => (each ? each.close(done) : done(0))),
      ),
    );
  }

  private answer(url: string, body: Buffer): object {
    const { pathname, searchParams } = new URL(url, `https://${HOST}`);
    const call = pathname.split('/').pop() ?? '';
    const refusal = this.refuse[call];
    if (refusal) return refusal;
    if (call === 'getrandstr') return { errCode: 0, data: { randomString: RANDOM } };
    if (call === 'getattr') {
      const { signature } = JSON.parse(body.toString()) as { signature: string };
      return this.open(signature) ? { errCode: 0, data: ATTRIBUTES } : OTHER_KEY;
    }
    if (call === 'upload' || call === 'testSourceURL') {
      const files = filesOf(gunzipSync(body));
      const { signature } = JSON.parse(files.get('ci.signature')?.toString() ?? '{}') as {
        signature?: string;
      };
      const signed = this.open(signature ?? '');
      if (!signed) return OTHER_KEY;
      this.received.push({ call, query: Object.fromEntries(searchParams), files, signed });
      return { errCode: 0, body: answerTo(files, this.qrCodeText) };
    }
    return { errCode: 0 };
  }

  /** The text that the private key signed; undefined for another key. */
  private open(signature: string): ReceivedPackage['signed'] | undefined {
    const padding = constants.RSA_PKCS1_PADDING;
    try {
      const text = publicDecrypt(
        { key: this.publicKey, padding },
        Buffer.from(signature, 'base64'),
      );
      return JSON.parse(text.toString()) as ReceivedPackage['signed'];
    } catch {
      return undefined;
    }
  }
}

/** Reads the 0xBE package: a mark, a directory of names with offsets and sizes, and the bytes. Big endian. */
function filesOf(bytes: Buffer): Map<string, Buffer> {
  if (bytes[0] !== 0xbe || bytes[13] !== 0xed) throw new Error('not a code package');
  const files = new Map<string, Buffer>();
  let at = 18;
  for (let left = bytes.readInt32BE(14); left > 0; left--) {
    const end = at + 4 + bytes.readInt32BE(at);
    const name = bytes.toString('utf8', at + 4, end).replace(/^\//, '');
    const start = bytes.readInt32BE(end);
    files.set(name, bytes.subarray(start, start + bytes.readInt32BE(end + 4)));
    at = end + 8;
  }
  return files;
}

function answerTo(files: ReadonlyMap<string, Buffer>, qrCodeText: string): object {
  const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    subpackage_info: [{ name: '__FULL__', size }],
    qrcode_img: qrCodePng(qrCodeText).toString('base64'),
  };
}

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
