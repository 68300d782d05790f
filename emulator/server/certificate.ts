import { generate } from 'selfsigned';
import { type Certificate, LOOPBACK } from './http-server';

/** Creates a self-signed certificate for 127.0.0.1, localhost and `host`, valid for a year. */
export async function makeCertificate(host = LOOPBACK): Promise<Certificate> {
  const addresses = [...new Set([LOOPBACK, host])];
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
