/** Takes the place of src/embed in a build that is an app of its own. */
export const im = null;

export function EmbeddedApp(): null {
  return null;
}
