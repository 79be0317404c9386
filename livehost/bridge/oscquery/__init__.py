"""OSCQuery: the table of addresses as a tree over HTTP, values over a WebSocket, announced by mDNS.

The protocol is Vidvox's OSCQuery proposal (github.com/Vidvox/OSCQueryProposal).
"""
