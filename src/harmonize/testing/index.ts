export { type MappingTestReport, type MappingTestResult, runMappingTests, type TestedSource } from './run.js';
