import type { FastifyInstance } from 'fastify';
import type { AppServerOptions } from './app-server-options';

/** Adds the routes that count consents. */
export function registerMentionAlertRoutes(
  app: FastifyInstance,
  { sessions, mentionAlerts }: AppServerOptions,
): void {
  app.get('/mention-alerts', async ({ headers }) => {
    return { left: mentionAlerts.left(sessions.accountOf(headers.authorization)) };
  });

  app.post('/mention-alerts', async ({ headers }) => {
    return { left: mentionAlerts.add(sessions.accountOf(headers.authorization)) };
  });
}
