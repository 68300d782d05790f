/** Names of values that belong on a server: app secrets, and keys for signing or uploading. */
const SECRET = /^TARO_APP_\w*(SECRET|PRIVATE_?KEY)/i;

/**
 * Stops the build when a variable with the prefix of the mini-program's configuration is a secret: anyone can
 * read a package. The message does not repeat the value.
 */
function refuseSecrets(env) {
  const names = Object.keys(env).filter((name) => SECRET.test(name) && env[name]?.trim());
  if (names.length === 0) return;
  throw new Error(
    `${names.join(', ')}: a secret must never be in the mini-program. Keep it on the app server ` +
      '(docs/app-server.md) and take it out of .env* and of the environment of the build.',
  );
}

module.exports = { refuseSecrets };
