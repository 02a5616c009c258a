// Door lets the machine into a node's network without joining the two: it accepts on the machine's loopback address and on a
// socket in a folder that both see, and dials in the node's network namespace.
//
//	door open ADDRESS TARGET SOCKET
//
// Connections to ADDRESS go to TARGET. Those to SOCKET go where their first line says, as 10.96.0.1:443.
package main

import (
	"bufio"
	"io"
	"log"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	nodeNetwork   = "/proc/1/ns/net"
	longestToDial = 10 * time.Second
)

// Both kinds of connection can end one direction and keep the other.
type connection interface {
	net.Conn
	CloseWrite() error
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("door: ")
	if len(os.Args) != 5 {
		log.Fatal("usage: door open ADDRESS TARGET SOCKET")
	}
	var err error
	if os.Args[1] == "open" {
		err = open(os.Args[2], os.Args[3:])
	} else {
		err = serve(os.Args[2], os.Args[3], os.Args[4])
	}
	log.Fatal(err)
}

// A listening socket stays where it was opened, so this program may move on to the node's network and keep it.
func open(address string, rest []string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	file, err := listener.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	kept, err := syscall.Dup(int(file.Fd()))
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	command := append([]string{"nsenter", "--net=" + nodeNetwork, "--", self, "serve", strconv.Itoa(kept)}, rest...)
	return syscall.Exec("/usr/bin/nsenter", command, os.Environ())
}

func serve(kept, target, socket string) error {
	number, err := strconv.Atoi(kept)
	if err != nil {
		return err
	}
	machine, err := net.FileListener(os.NewFile(uintptr(number), "machine"))
	if err != nil {
		return err
	}
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return err
	}
	folder, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	ended := make(chan error)
	go accept(machine, ended, func(client connection) { pass(client, client, target) })
	go accept(folder, ended, func(client connection) {
		reader := bufio.NewReader(client)
		line, err := reader.ReadString('\n')
		if err != nil {
			client.Close()
			return
		}
		pass(client, reader, strings.TrimSpace(line))
	})
	return <-ended
}

func accept(listener net.Listener, ended chan<- error, handle func(connection)) {
	for {
		client, err := listener.Accept()
		if err != nil {
			ended <- err
			return
		}
		go handle(client.(connection))
	}
}

func pass(client connection, sent io.Reader, target string) {
	defer client.Close()
	dialed, err := net.DialTimeout("tcp", target, longestToDial)
	if err != nil {
		log.Print(err)
		return
	}
	server := dialed.(connection)
	defer server.Close()
	through := make(chan struct{})
	go func() {
		io.Copy(server, sent)
		server.CloseWrite()
		close(through)
	}()
	io.Copy(client, server)
	client.CloseWrite()
	<-through
}
