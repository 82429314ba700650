export { type Auth, authSchema } from './auth.js';
export {
  conditional,
  type Feed,
  type FeedOptions,
  feedOptions,
  keepConditions,
  openFeeds,
  rememberConditions,
} from './feed.js';
export { gunzipped } from './gunzip.js';
export { type HttpAnswer, HttpClient, shown } from './http.js';
export { type HttpOptions, httpOptions } from './http-options.js';
