type Methods = Record<string, ((...args: unknown[]) => Promise<unknown>) | undefined>;

/**
 * Catches the rejections of a method whose promise the SDK drops; without a handler they are unhandled rejections.
 * `refreshUserInfo` of the user service is called for a message whose sender has changed the profile, and throws when
 * the answer has no users. The SDK asks for the profile again with the next message of the user.
 */
export function catchDropped(service: object | undefined, name: string): void {
  const methods = service as Methods | undefined;
  const method = methods?.[name];
  if (!methods || !method) return;
  methods[name] = (...args) => {
    const work = method.apply(methods, args);
    work.catch(() => undefined);
    return work;
  };
}
