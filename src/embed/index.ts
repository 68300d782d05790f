export { EmbeddedApp } from './embedded-app';
export { im } from './im';
