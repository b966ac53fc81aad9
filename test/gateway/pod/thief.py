"""What a process can take from another one that shares its network, its memory or, with a PID, its processes; prints JSON.

thief.py listen PORT...       tries to listen there in every way; of each address: the errors, or `listens`
thief.py hold PORT            listens at 127.0.0.1 as soon as it can, prints `holds`, and goes on until its input ends
thief.py process PID          what of that process it can read, signal or change; `done`, or the error
thief.py memory UID           what there is in shared memory of that user
"""
import ctypes
import errno
import json
import os
import resource
import signal
import socket
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)


def tried(action):
    try:
        action()
        return 'done'
    except OSError as error:
        return errno.errorcode[error.errno]


def call(function, *arguments):
    if function(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def server(host, port, options):
    listening = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
    for option in options:
        listening.setsockopt(socket.SOL_SOCKET, option, 1)
    listening.bind((host, port))
    listening.listen()
    return listening


def listen(ports):
    ways = [[], [socket.SO_REUSEADDR], [socket.SO_REUSEPORT], [socket.SO_REUSEADDR, socket.SO_REUSEPORT]]
    hosts = ['127.0.0.1', '0.0.0.0', '::', '::ffff:127.0.0.1']
    return {f'{host} {port}': sorted({tried(lambda: server(host, int(port), way).close()) for way in ways}) for port in ports for host in hosts}


def hold(port):
    while True:
        try:
            kept = server('127.0.0.1', int(port), [socket.SO_REUSEADDR, socket.SO_REUSEPORT])
            break
        except OSError:
            time.sleep(0.01)
    print('holds', flush=True)
    sys.stdin.read()
    kept.close()


def process(pid):
    folder = f'/proc/{pid}'
    buffer = (ctypes.c_char * 8)()
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
    read = lambda name: tried(lambda: open(f'{folder}/{name}', 'rb').read(1))
    return {
        **{name: read(name) for name in ['environ', 'mem', 'maps', 'auxv', 'root/etc/guard/keys/anthropic/key']},
        **{name: tried(lambda: os.listdir(f'{folder}/{name}')) for name in ['fd', 'root', 'cwd/', 'map_files']},
        'signal': tried(lambda: os.kill(pid, 0)),
        'urgent': tried(lambda: os.kill(pid, signal.SIGURG)),  # which nobody minds
        'ptrace': tried(lambda: call(libc.ptrace, 16, pid, 0, 0)),
        'process_vm_readv': tried(lambda: call(libc.process_vm_readv, pid, vector, 1, vector, 1, 0)),
        'limits': tried(lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, resource.prlimit(pid, resource.RLIMIT_NOFILE))),
        'priority': tried(lambda: os.setpriority(os.PRIO_PROCESS, pid, 19)),
        'affinity': tried(lambda: os.sched_setaffinity(pid, {0})),
        'file descriptor': tried(lambda: call(libc.syscall, 438, os.pidfd_open(pid), 0, 0)),
    }


def memory(uid):
    owned = [name for name in os.listdir('/dev/shm') if os.stat(f'/dev/shm/{name}').st_uid == uid]
    for kind in ['shm', 'sem', 'msg']:
        with open(f'/proc/sysvipc/{kind}', encoding='ascii') as table:
            head, *rows = [line.split() for line in table]
            owned += [f'{kind} {row[0]}' for row in rows if row[head.index('uid')] == str(uid)]
    return owned


command, *arguments = sys.argv[1:]
if command == 'hold':
    hold(*arguments)
else:
    print(json.dumps({'listen': listen, 'process': lambda given: process(int(given[0])), 'memory': lambda given: memory(int(given[0]))}[command](arguments)))
