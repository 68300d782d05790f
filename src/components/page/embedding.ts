import type { ComponentType } from 'react';
import type { RootStore } from '@/stores';

/**
 * What the pages take from src/embed in a build inside another mini-program. The layer above sets it before the first
 * page; in an app of its own nothing reads it.
 */
export interface Embedding {
  /** The bar of the three tabs: WeChat draws a tab bar for pages of the host's main package only. */
  Tabs: ComponentType<{ path: string }>;
  /** Shown by a page that was opened before the host called `start`, or after `leave`. */
  NotStarted: ComponentType;
  /** Shown by a page for signed-in users when nobody is signed in and the host signs its users in. */
  SignedOut: ComponentType<{ root: RootStore }>;
  /** Whether a user who is not signed in is taken to our sign-in page; otherwise the host signs in. */
  usesSignInPage: boolean;
}

export const embedding: { parts: Embedding | null } = { parts: null };
