export { answersAt, connectTo, type ShareClient } from './client.js';
export { PROTOCOL } from './frames.js';
export { type ShareServer, shareOn, socketPath } from './server.js';
