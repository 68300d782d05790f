import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Writes packages for the host's own tests: file name to content; objects become JSON. */
export class PackageWriter {
  private readonly folders: string[] = [];

  write(files: Record<string, string | object>): string {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'weapp-host-test-'));
    this.folders.push(root);
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      fs.writeFileSync(path.join(root, name), text);
    }
    return root;
  }

  removeAll(): void {
    this.folders.splice(0).forEach((root) => fs.rmSync(root, { recursive: true }));
  }
}
