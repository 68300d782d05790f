import type { FastifyInstance } from 'fastify';
import type { Emulator } from '../emulator';

/** The upload host in the control API: `emulator.storage` over HTTP. */
export function registerStorageControl(app: FastifyInstance, { storage }: Emulator): void {
  app.get('/objects', async () => storage.objects());
  app.get('/uploads', async () => storage.uploads());
  app.post<{ Params: { objectName: string } }>(
    '/objects/:objectName/expire',
    async ({ params }) => ({
      expired: storage.expire(params.objectName),
    }),
  );
  app.delete('/objects', async () => {
    storage.clear();
    return {};
  });
}
