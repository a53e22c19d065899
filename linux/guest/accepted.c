/*
 * Says which process accepted which connection, so that the lab can show each request at the worker that has it; and when it closed one
 * that came from the same host, of which the page does not know: a proxy's, for one.
 *
 * Loaded into every program by /etc/ld.so.preload, it stands before libc's accept, accept4 and close, makes the same system call, and
 * writes a record of it into a file that all processes of a host share. The agent reads it. It changes nothing else.
 *
 * Without libc's headers, so that a compiler for amd64 can build it for i386 alone: the numbers are those of the i386 system call table.
 */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;

enum { SYS_open = 5, SYS_close = 6, SYS_getpid = 20, SYS_mmap2 = 192, SYS_clock_gettime = 265, SYS_accept4 = 364, SYS_getsockname = 367 };
enum { O_RDWR = 2, O_CLOEXEC = 02000000, PROT_READ_WRITE = 3, MAP_SHARED = 1, CLOCK_MONOTONIC = 1, AF_INET = 2, lowest_error = -4095 };

struct address { u16 family, port; u32 ip; u8 rest[120]; };
struct time { int seconds, nanoseconds; };

/* As in host.py: what changes here changes there. */
enum { records = 1024, accepted = 0, closed = 1 };
struct record { u32 pid, ip; u16 port, local_port; int seconds, nanoseconds; u32 what, complete; };
struct ring { u32 next, unused[7]; struct record record[records]; };

/* Ports of the accepted connections that came over the loopback interface, by their descriptors; 0 where none did. */
enum { most_descriptors = 1024 };
static struct { u16 port, local_port; } over_loopback[most_descriptors];

extern int *__errno_location(void);

static struct ring *ring;

static int call(int number, int a, int b, int c, int d, int e)
{
	int result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory");
	return result;
}

/* mmap2's sixth argument is in %ebp, which a compiler keeps for itself: 0 for the beginning of the file. */
static int map_shared(int descriptor)
{
	int result;
	__asm__ volatile("push %%ebp\n\txor %%ebp, %%ebp\n\tint $0x80\n\tpop %%ebp"
			 : "=a"(result)
			 : "a"(SYS_mmap2), "b"(0), "c"(sizeof(struct ring)), "d"(PROT_READ_WRITE), "S"(MAP_SHARED), "D"(descriptor)
			 : "memory");
	return result;
}

/* None before the host has its file: then nothing is recorded. */
static struct ring *open_ring(void)
{
	if (ring) return ring;
	int descriptor = call(SYS_open, (int)"/run/two-servers/accepted", O_RDWR | O_CLOEXEC, 0, 0, 0);
	if (descriptor < 0) return 0;
	int at = map_shared(descriptor);
	call(SYS_close, descriptor, 0, 0, 0, 0);
	if (at < 0 && at >= lowest_error) return 0;
	return ring = (struct ring *)at;
}

static u16 swapped(u16 value) { return (u16)(value << 8 | value >> 8); }

static void write_record(u32 what, u32 ip, u16 port, u16 local_port)
{
	struct ring *all = open_ring();
	if (!all) return;
	struct time now;
	call(SYS_clock_gettime, CLOCK_MONOTONIC, (int)&now, 0, 0, 0);
	u32 number = __atomic_fetch_add(&all->next, 1, __ATOMIC_SEQ_CST);
	struct record *record = &all->record[number % records];
	record->pid = (u32)call(SYS_getpid, 0, 0, 0, 0, 0);
	record->ip = ip;
	record->port = port;
	record->local_port = local_port;
	record->seconds = now.seconds;
	record->nanoseconds = now.nanoseconds;
	record->what = what;
	__atomic_store_n(&record->complete, number + 1, __ATOMIC_SEQ_CST);
}

static void note(int connection, const struct address *peer)
{
	struct address local;
	u32 size = sizeof local;
	if (call(SYS_getsockname, connection, (int)&local, (int)&size, 0, 0) < 0) return;
	u16 port = swapped(peer->port), local_port = swapped(local.port);
	/* 127.0.0.0/8, its first byte first. */
	if ((u8)peer->ip == 127 && connection < most_descriptors) {
		over_loopback[connection].port = port;
		over_loopback[connection].local_port = local_port;
	}
	write_record(accepted, peer->ip, port, local_port);
}

int accept4(int socket, void *address, u32 *length, int flags)
{
	struct address peer;
	u32 size = sizeof peer;
	int connection = call(SYS_accept4, socket, (int)&peer, (int)&size, flags, 0);
	if (connection < 0) {
		*__errno_location() = -connection;
		return -1;
	}
	if (address && length) {
		for (u32 i = 0; i < size && i < *length; i++) ((u8 *)address)[i] = ((u8 *)&peer)[i];
		*length = size;
	}
	if (peer.family == AF_INET) note(connection, &peer);
	return connection;
}

int accept(int socket, void *address, u32 *length)
{
	return accept4(socket, address, length, 0);
}

int close(int descriptor)
{
	u16 port = 0, local_port = 0;
	if (descriptor >= 0 && descriptor < most_descriptors && over_loopback[descriptor].port) {
		port = over_loopback[descriptor].port;
		local_port = over_loopback[descriptor].local_port;
		over_loopback[descriptor].port = 0;
	}
	int result = call(SYS_close, descriptor, 0, 0, 0, 0);
	if (port) write_record(closed, 0, port, local_port);
	if (result >= 0) return result;
	*__errno_location() = -result;
	return -1;
}
