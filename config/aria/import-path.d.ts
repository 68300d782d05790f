import type { PlatformPath } from 'node:path';

export function importPath(directory: string, file: string, system?: PlatformPath): string;
