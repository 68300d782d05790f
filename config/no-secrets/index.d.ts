export function refuseSecrets(env: Readonly<Record<string, string | undefined>>): void;
