/**
 * The export of a kit's file, by version: an instance, a class (NERoom for mini-programs 3.4 and 3.12), a
 * factory, or a module with one of these as its default.
 */
export type KitSource<T extends object> =
  T | (new (options?: never) => T) | (() => T) | { readonly default: KitSource<T> };

/**
 * Makes an instance from the export of a kit's file; an instance is returned as it is.
 * @param isInstance whether a value is a usable instance
 * @throws TypeError when the file exports none of these forms
 */
export function instanceFrom<T extends object>(
  source: KitSource<T>,
  isInstance: (value: unknown) => value is T,
  options?: Readonly<Record<string, unknown>>,
): T {
  if (isInstance(source)) return source;
  if (typeof source === 'function') {
    // Arrow functions have no prototype and cannot be called with `new`; compiled classes have a prototype.
    const made = source.prototype
      ? new (source as new (given?: unknown) => unknown)(options)
      : (source as () => unknown)();
    if (isInstance(made)) return made;
  } else if ('default' in source) {
    return instanceFrom(source.default, isInstance, options);
  }
  throw new TypeError('the kit’s file exports neither an instance nor a class nor a factory');
}

/** Whether a value has all these methods. */
export function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
}
