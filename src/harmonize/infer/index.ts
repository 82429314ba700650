export { type Column, type ColumnRole, inferRoles, ROLES, type Role } from './roles.js';
export { type DraftOptions, inferSource, type SourceDraft } from './source.js';
