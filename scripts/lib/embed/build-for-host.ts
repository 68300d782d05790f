import path from 'node:path';
import { build } from '../build';

/** Builds the chat for a host, or reuses the last build. The SDK's sub-package is beside the returned folder. */
export async function buildForHost(
  root: string,
  onProgress?: (line: string) => void,
): Promise<string> {
  const { directory } = await build({
    target: 'weapp',
    app: { name: `embed/${path.posix.basename(root)}`, sourceRoot: 'src' },
    env: { APP_EMBED_ROOT: root },
    ...(onProgress ? { onProgress } : {}),
  });
  return directory;
}
