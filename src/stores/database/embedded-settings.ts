import { totalmem } from 'node:os';

const MiB = 2 ** 20;

/**
 * The settings of the built-in server for a machine with `memory` bytes: durable, small when idle, and silent about the
 * contents of rows.
 */
export function serverSettings(port: number, memory = totalmem()): Record<string, string> {
  const shared = Math.min(256, Math.max(32, Math.floor(memory / MiB / 16)));
  return {
    ...alike,
    port: String(port),
    shared_buffers: `${shared}MB`,
    maintenance_work_mem: `${shared}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memory / MiB / 2))}MB`,
  };
}

/** The settings that are the same on all machines. */
const alike = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  work_mem: '8MB',
  // Solid-state disks and cached data: a random page costs about as much as the next one.
  random_page_cost: '1.1',
  jit: 'off',
  // Short queries on few cores gain nothing from helpers, and a container's 64 MB of /dev/shm is too small for them.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_worker_processes: '4',
  io_method: 'sync',
  autovacuum_max_workers: '2',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.02',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // No replicas: fewer bytes to write, the same safety on one machine.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  min_wal_size: '80MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // The log must not hold what customers wrote: no statements, no parameters, no "Key (email)=(…)".
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
};
