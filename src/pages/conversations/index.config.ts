export default definePageConfig({
  disableScroll: true,
  // The list keeps its first screen for the next start, and prepares a web view (use-first-screen-cache.ts).
  initialRenderingCache: 'dynamic',
  handleWebviewPreload: 'manual',
});
