export { type Column, type ColumnRole, inferRoles, ROLES, type Role } from './roles.js';
