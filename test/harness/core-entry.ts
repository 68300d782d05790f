/** What is bundled for one client: the app's own core, as in the mini-program, without its pages. */
export { boot } from '@/connection/boot';
export { createRootStore } from '@/stores';
