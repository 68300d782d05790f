export function withoutUploadKey(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export function withWritableHome(env: NodeJS.ProcessEnv, fallback: string): NodeJS.ProcessEnv;
export function unlockedDependencies(folder: string): string[];
export function isInstalled(folder: string): boolean;
export function install(folder: string, home: string): string | undefined;
